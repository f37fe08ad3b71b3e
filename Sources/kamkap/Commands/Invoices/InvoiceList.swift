import ArgumentParser
import GatewayAPI
import JSON

struct InvoiceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List suppliers' invoices, newest first: kamkap invoices --state failed.",
        discussion:
            "With --remote it lists the jobs that the reading service has, in the service's own words and order.")

    @OptionGroup var gateway: GatewayOptions
    @Option(help: "Only invoices that are shown in this state.") var state: State?
    @Flag(help: "List the service's own jobs.") var remote = false
    @Option(help: "With --remote: a text that the service looks for, if it heeds it.") var search: String?
    @Option(help: "How many to list at most: 1 to 500, with --remote 1 to 100.") var limit = 20
    @Option(help: "Continue where an earlier list ended.") var after: String?
    @Flag(help: "Print the answer as JSON.") var json = false

    enum State: String, ExpressibleByArgument, CaseIterable {
        case waiting, reading, read, failed, removed, held
    }

    func validate() throws {
        guard !remote || state == nil else { throw ValidationError("--state goes with the gateway's own list") }
        guard remote || search == nil else { throw ValidationError("--search goes with --remote") }
    }

    func run() async throws {
        if remote { return try await listRemote() }
        let answer = try await gateway.client.get(
            GatewayClient.path(ofInvoices: [("state", state?.rawValue), ("limit", "\(limit)"), ("after", after)]))
        guard answer.status == 200 else { throw CommandExit(answer, about: "invoices") }
        let page = try SupplierInvoicePage(json: answer.json())
        Terminal.print(json ? page.json.text : SupplierInvoicePageText(page: page).text())
    }

    private func listRemote() async throws {
        let answer = try await gateway.client.get(
            GatewayClient.path(
                ofInvoices: [("search", search), ("limit", "\(limit)"), ("offset", after)], "/remote"))
        guard answer.status == 200 else { throw CommandExit(answer, about: "invoices") }
        let page = try RemoteJobPage(json: answer.json())
        Terminal.print(json ? page.json.text : RemoteJobText(page: page).text())
    }
}
