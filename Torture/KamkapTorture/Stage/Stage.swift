import Foundation
import Logging
import Simulators

/// The store around the gateway: a simulated provider and a virtual printer for each till, in this process, so that they
/// outlive every kill; and the gateway's folder with its configuration.
struct Stage: Sendable {
    let folder: URL
    let provider: any StagedProvider
    /// The gateway's connection to it.
    let relay: ProviderRelay
    /// Reads payment slips.
    let slips: StagedSlips
    /// Reads suppliers' invoices.
    let invoices: StagedInvoices
    let printers: [VirtualPrinter]

    var socket: String { folder.appendingPathComponent("pos.sock").path }
    var spool: URL { folder.appendingPathComponent("spool") }
    var configuration: URL { folder.appendingPathComponent("kamkap.toml") }
    var log: URL { folder.appendingPathComponent("gateway.log") }
    var papers: URL { folder.appendingPathComponent("papers") }

    var archive: URL { folder.appendingPathComponent("documents") }

    static let fallbackAfter = "2s"

    /// Runs `body` in a store of its own. If there are findings, the folder is kept.
    static func open<Value: Sendable>(
        tills: Int, provider: ProviderChoice, _ body: @Sendable (Stage) async throws -> Value
    ) async throws -> Value {
        // Short, because a socket's path may have 107 bytes.
        let folder = URL(fileURLWithPath: "/tmp/kt-\(UUID().uuidString.prefix(8))")
        var head = VirtualPrinter.Configuration()
        head.widthInDots = PaperReader.width
        let quiet = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
        let configuration = head
        let stage = Stage(
            folder: folder, provider: provider.staged(logger: quiet), relay: ProviderRelay(),
            slips: StagedSlips(logger: quiet), invoices: StagedInvoices(logger: quiet),
            printers: (0..<tills).map { _ in VirtualPrinter(configuration: configuration, logger: quiet) })
        try FileManager.default.createDirectory(at: stage.papers, withIntermediateDirectories: true)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await stage.provider.run() }
            group.addTask { try await stage.slips.run() }
            group.addTask { try await stage.invoices.run() }
            for printer in stage.printers { group.addTask { try await printer.run() } }
            defer { group.cancelAll() }
            try await stage.relay.open(to: stage.provider)
            try await stage.writeConfiguration()
            return try await body(stage)
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Each till has its own printer, with the next till's as its fallback.
    private func writeConfiguration() async throws {
        try Data((provider.secret + "\n").utf8).write(to: folder.appendingPathComponent("secret"))
        try Data((slips.secret + "\n").utf8).write(to: folder.appendingPathComponent("slips-key"))
        var text = """
            [store]
            name = "\(String(repeating: NumberedSale.stroke, count: PaperReader.headStrokes))"
            tax_id = "0105561000003"
            branch_id = "00000"
            \(await provider.configuration(port: relay.port, secretFile: "secret"))
            \(try await slips.configuration(keyFile: "slips-key"))
            \(try await invoices.configuration(in: folder))
            [intake]
            socket = "pos.sock"
            spool = "spool"
            [outbox]
            database = "outbox.sqlite"
            [receipt]
            qr_deadline = "1500ms"
            fallback_after = "\(Self.fallbackAfter)"

            """
        for (index, printer) in printers.enumerated() {
            let address = try await printer.address()
            let fallback =
                printers.count > 1 ? "fallback = \"p\((index + 1) % printers.count)\"" : ""
            text += """
                [[printers]]
                name = "p\(index)"
                device = "tcp://\(address.host):\(address.port)"
                paper = "58mm"
                terminals = ["T\(index)"]
                \(fallback)

                """
        }
        try Data(text.utf8).write(to: configuration)
    }
}
