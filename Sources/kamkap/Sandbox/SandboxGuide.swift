import Foundation
import ServiceLifecycle
import Settings

/// Says what to try in a sandbox, and waits until it is stopped.
struct SandboxGuide: ForegroundTask {
    let environment: SandboxEnvironment
    /// Where the provider's own paths are.
    let simulator: String
    /// Where those of the reader of slips are; nil if there is none.
    let reader: String?
    /// Where those of the reader of suppliers' invoices and of its object store are; nil if there is none.
    let invoices: SandboxInvoices.Addresses?
    /// Where tills on TCP are served.
    let address: ListenAddress?

    func run() async throws {
        let sample = environment.directory.appendingPathComponent("sample-sale.json")
        let named = environment.directory.appendingPathComponent("sample-buyer.json")
        let now = Date()
        for (file, sale) in [(sample, SampleSales.counter), (named, SampleSales.inCompanyName)] {
            // If the directory is used again, the same sale as before: with another time it would be a conflict.
            guard !FileManager.default.fileExists(atPath: file.path) else { continue }
            try? Data(sale(now).utf8).write(to: file)
        }
        let provider = environment.provider
        Terminal.print(
            """
            The sandbox runs. Nothing leaves this machine; Ctrl-C stops it.

              socket    \(environment.socket)\(address.map { "\n  TCP       http://\($0)" } ?? "")
              spool     \(environment.spool)/incoming
              receipts  \(environment.receipts.path)/*.png
              \(provider.title.padded(to: 10))\(simulator)\(others)

            Try a sale:
              curl --unix-socket \(environment.socket) 'http://pos/v1/sales?wait=printed' \\
                -H 'Content-Type: application/json' -d @\(sample.path)
            and one in a company's name, sample-buyer.json beside it.
            Try an outage, and its end:
              curl -X PUT \(simulator)/simulator/faults -H 'Content-Type: application/json' \\
                -d '[{"kind":"unavailable","status":503}]'
              curl -X DELETE \(simulator)/simulator/faults
            \(provider.advice(at: simulator))\(advice)
            """)
        try? await gracefulShutdown()
    }

    private var others: String {
        [
            reader.map { "\n  ScanlyIQ  \($0)" },
            invoices.map {
                "\n  OCR       \($0.reader)\n  objects   \($0.store)\n  invoices  \(environment.invoices)/incoming"
            },
        ].compactMap(\.self).joined()
    }

    private var advice: String {
        [
            reader.map { "\n" + SandboxSlips.advice(at: $0, environment) },
            invoices.map { _ in "\n" + SandboxInvoices.advice(environment) },
        ].compactMap(\.self).joined()
    }
}
