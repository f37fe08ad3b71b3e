import ArgumentParser
import Foundation
import GatewayAPI
import JSON

struct Documents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the documents that the provider has made, save one, or print it.",
        discussion: """
            With ID or --number: the documents of that sale. With --tag: the provider's transactions that carry the tag, with their \
            documents; a tag may be one of the provider's own, such as TXID:0105561000003. A document that is not made yet \
            ends the command with 69.
            """)

    @OptionGroup var gateway: GatewayOptions
    @Argument(help: "The sale's transaction_id.") var id: String?
    @Option(help: "The number on the sale's paper, in place of ID.") var number: String?
    @Option(help: "List the transactions that carry this tag, in place of ID.") var tag: String?
    @Option(help: ArgumentHelp("Save the PDF here; - is standard output.", valueName: "file")) var pdf: String?
    @Option(help: ArgumentHelp("Save the XML here; - is standard output.", valueName: "file")) var xml: String?
    @Flag(help: "Print it on A4, at documents.printer.") var print = false
    @Option(help: "The id of the document to save or print. Default: the newest.") var document: String?
    @Flag(help: "Print the list, or the print, as JSON.") var json = false

    func validate() throws {
        guard [id, number, tag].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Name the sale by its ID or by --number, or list by --tag: one of the three.")
        }
        let isSaving = pdf != nil || xml != nil
        if isSaving || print, tag != nil {
            throw ValidationError("--pdf, --xml and --print are for a document of one sale: not with --tag")
        }
        if isSaving, json { throw ValidationError("--json is for a list and for --print: not with --pdf or --xml") }
        if document != nil, !isSaving, !print {
            throw ValidationError("--document names what --pdf or --xml saves, or --print prints")
        }
    }

    func run() async throws {
        if let tag { return try await list(tagged: tag) }
        var id = id ?? ""
        if let number {
            id = try await SaleSelection.transactionID(ofNumber: number, from: gateway.client, json: json)
        }
        if pdf == nil, xml == nil, !print { return try await list(of: id) }
        for (form, file) in [("pdf", pdf), ("xml", xml)] {
            if let file { try await save(form, of: id, to: file) }
        }
        if print { try await queue(id) }
    }

    private func list(of id: String) async throws {
        let answer = try await gateway.client.get(GatewayClient.path(of: id, "/documents"))
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let list = try DocumentList(json: answer.json())
        Terminal.print(json ? list.json.text : DocumentText.text(list))
    }

    private func list(tagged tag: String) async throws {
        let answer = try await gateway.client.get(
            GatewayClient.path(ofTransactionsTagged: tag, including: "readied"))
        // The tag may be a person's national id: it is not repeated.
        guard answer.status == 200 else { throw CommandExit(answer, about: "transactions") }
        let list = try TransactionList(json: answer.json())
        Terminal.print(json ? list.json.text : TransactionText.text(list.transactions))
    }

    private func queue(_ id: String) async throws {
        let path = GatewayClient.path(of: id, printing: document ?? "latest")
        let answer = try await gateway.client.post(path, [])
        guard answer.status == 202 else { throw CommandExit(answer, about: id) }
        let print = try DocumentPrintResource(json: answer.json())
        Terminal.print(json ? print.json.text : DocumentText.text(print))
    }

    private func save(_ form: String, of id: String, to file: String) async throws {
        let answer = try await gateway.client.get(
            GatewayClient.path(of: id, document: document ?? "latest", form: form))
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        if file == "-" { return Terminal.write(Data(answer.body)) }
        // Under its name it is whole.
        do { try Data(answer.body).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
            throw CommandExit(.systemFault, "\(file) cannot be written")
        }
        Terminal.print(file)
    }
}
