import Foundation
import Logging
import Sales
import Settings
import Simulators

/// One directory in which a gateway, a provider and a printer live.
struct SandboxEnvironment {
    let directory: URL
    let provider: any SandboxProvider
    /// Nil if no slips are taken.
    let slips: SandboxSlips?
    /// Nil if no suppliers' invoices are taken.
    let supplierInvoices: SandboxInvoices?

    var socket: String { directory.appendingPathComponent("pos.sock").path }
    var receipts: URL { directory.appendingPathComponent("receipts", isDirectory: true) }
    /// The full tax invoice of the demo's sale in a company's name.
    var invoice: URL { directory.appendingPathComponent("tax-invoice.pdf") }
    var secretFile: String { directory.appendingPathComponent("provider-secret").path }
    var slipsKeyFile: String { directory.appendingPathComponent("scanlyiq-key").path }
    var readerKeyFile: String { directory.appendingPathComponent("ocr-key").path }
    var storeSecretFile: String { directory.appendingPathComponent("object-store-secret").path }
    var spool: String { directory.appendingPathComponent("spool").path }
    /// The folder of suppliers' invoices.
    var invoices: String { directory.appendingPathComponent("invoices").path }

    init(
        directory path: String, provider: any SandboxProvider, slips: SandboxSlips? = nil,
        supplierInvoices: SandboxInvoices? = nil
    ) throws {
        directory = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
        self.provider = provider
        self.slips = slips
        self.supplierInvoices = supplierInvoices
        do {
            try FileManager.default.createDirectory(
                at: receipts, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandExit(.systemFault, "\(directory.path) cannot be made; may this user write there?")
        }
    }

    /// - Parameter origins: of allowed web pages.
    func run(
        listeningOn address: ListenAddress?, origins: [String], isDemo: Bool, hangUps: HangUpSignal
    ) async throws {
        let printer = VirtualPrinter(configuration: try printerConfiguration())
        try await withThrowingTaskGroup(of: Void.self) { simulators in
            simulators.addTask { try await provider.run() }
            simulators.addTask { try await printer.run() }
            if let slips { simulators.addTask { try await slips.run() } }
            if let supplierInvoices { simulators.addTask { try await supplierInvoices.run() } }
            defer { simulators.cancelAll() }
            let table = try await provider.table(secretFile: secretFile)
            let paperAddress = try await printer.address()
            try keep(provider.secret, in: secretFile)
            if let slips { try keep(slips.secret, in: slipsKeyFile) }
            if let supplierInvoices {
                try keep(supplierInvoices.secret, in: readerKeyFile)
                try keep(supplierInvoices.storeSecret, in: storeSecretFile)
            }
            var settings = try SandboxSettings(
                environment: self, provider: table, printer: "tcp://\(paperAddress.host):\(paperAddress.port)"
            ).settings()
            settings.intake.allowedOrigins = origins
            settings.slips = try await slips?.table(keyFile: slipsKeyFile)
            settings.supplierInvoices = try await supplierInvoices?.table(self)
            var start = Start(settings: settings, hangUps: hangUps)
            start.isSandbox = true
            start.sandboxAddress = address
            let guide = SandboxGuide(
                environment: self, simulator: try await provider.address(), reader: try await slips?.address(),
                invoices: try await supplierInvoices?.addresses(), address: address)
            start.foregroundTask = isDemo ? Demo(environment: self) : guide
            try await start.run()
        }
    }

    /// Where the gateway reads it, as it would read a real one.
    private func keep(_ secret: String, in file: String) throws {
        try? FileManager.default.removeItem(atPath: file)
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(secret.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandExit(.cannotCreate, "\(file) cannot be written") }
    }

    /// Papers of earlier runs keep their names.
    private func printerConfiguration() throws -> VirtualPrinter.Configuration {
        let taken =
            try FileManager.default.contentsOfDirectory(atPath: receipts.path)
            .compactMap { $0.hasSuffix(".png") ? Int($0.dropLast(4)) : nil }.max() ?? 0
        var configuration = VirtualPrinter.Configuration()
        configuration.directory = receipts
        let usual = configuration.fileName
        configuration.fileName = { usual($0 + taken) }
        return configuration
    }
}
