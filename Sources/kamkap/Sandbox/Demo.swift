import Foundation
import GatewayAPI
import ServiceLifecycle

/// Posts the sample sales as a till would, over the socket, and reports the outcome.
struct Demo: ForegroundTask {
    /// How long the simulated Slime may take to make a document.
    private static let making: Duration = .seconds(30)

    let environment: SandboxEnvironment

    func run() async throws {
        let client = GatewayClient(socket: environment.socket)
        let now = Date()
        for sample in [
            SampleSales.apiPage, SampleSales.counter(issuedAt: now), SampleSales.inCompanyName(issuedAt: now),
        ] {
            let begun = ContinuousClock.now
            let answer = try await client.post("/v1/sales?wait=printed", Array(sample.utf8))
            guard answer.status == 200 || answer.status == 201 else {
                throw CommandExit(answer, about: "the sample sale")
            }
            let sale = try SaleResource(json: answer.json())
            let took = (ContinuousClock.now - begun) / .milliseconds(1)
            Terminal.print("sale \(sale.transactionID): total \(sale.totals.total), VAT \(sale.totals.vat)")
            Terminal.print("  registration  \(sale.registration.state)")
            for print in sale.prints { Terminal.print("  paper         \(SaleText.description(of: print))") }
            Terminal.print("  took          \(Int(took.rounded())) ms from the till's request to the confirmed paper")
            guard sale.registration.state == "ready", sale.prints.allSatisfy({ $0.state == "printed" && $0.withQR })
            else {
                throw CommandExit(.software, "the sample sale has not come through; see above")
            }
        }
        try await saveInvoice(client)
        let names = try FileManager.default.contentsOfDirectory(atPath: environment.receipts.path).filter {
            $0.hasSuffix(".png")
        }
        for name in names.sorted() { Terminal.print("receipt: \(environment.receipts.path)/\(name)") }
        Terminal.print("invoice: \(environment.invoice.path)")
    }

    /// The electronic full tax invoice of the sale in a company's name, which the provider makes in a moment.
    private func saveInvoice(_ client: GatewayClient) async throws {
        let path = GatewayClient.path(of: SampleSales.inCompanyNameID, document: "latest", form: "pdf")
        let deadline = ContinuousClock.now + Self.making
        var answer = try await client.get(path)
        while answer.status == 503, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(500))
            answer = try await client.get(path)
        }
        guard answer.status == 200 else { throw CommandExit(answer, about: "the sample sale's tax invoice") }
        do { try Data(answer.body).write(to: environment.invoice, options: .atomic) } catch {
            throw CommandExit(.systemFault, "\(environment.invoice.path) cannot be written")
        }
    }
}
