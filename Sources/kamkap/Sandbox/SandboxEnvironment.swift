import Foundation
import Logging
import Sales
import Settings
import Simulators

/// One directory in which a gateway, a Slime and a printer live.
struct SandboxEnvironment {
    let directory: URL
    private let secret: String

    var socket: String { directory.appendingPathComponent("pos.sock").path }
    var receipts: URL { directory.appendingPathComponent("receipts", isDirectory: true) }
    /// The full tax invoice of the demo's sale in a company's name.
    var invoice: URL { directory.appendingPathComponent("tax-invoice.pdf") }
    var secretFile: String { directory.appendingPathComponent("provider-secret").path }
    var spool: String { directory.appendingPathComponent("spool").path }

    init(directory path: String) throws {
        directory = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
        secret = SandboxSecret.random()
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
        let account = slimeConfiguration
        let slime = SlimeSimulator(configuration: account)
        let printer = VirtualPrinter(configuration: try printerConfiguration())
        try await withThrowingTaskGroup(of: Void.self) { simulators in
            simulators.addTask { try await slime.run() }
            simulators.addTask { try await printer.run() }
            defer { simulators.cancelAll() }
            let endpoint = try await slime.endpoint()
            let paperAddress = try await printer.address()
            try keepSecret()
            var settings = try SandboxSettings(
                environment: self, endpoint: endpoint, keyID: account.keyID,
                printer: "tcp://\(paperAddress.host):\(paperAddress.port)"
            ).settings()
            settings.intake.allowedOrigins = origins
            var start = Start(settings: settings, hangUps: hangUps)
            start.isSandbox = true
            start.sandboxAddress = address
            let guide = SandboxGuide(environment: self, endpoint: endpoint, address: address)
            start.foregroundTask = isDemo ? Demo(environment: self) : guide
            try await start.run()
        }
    }

    /// Where the gateway reads it, as it would read a real one.
    private func keepSecret() throws {
        let file = secretFile
        try? FileManager.default.removeItem(atPath: file)
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(secret.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CommandExit(.cannotCreate, "\(file) cannot be written") }
    }

    private var slimeConfiguration: SlimeSimulator.Configuration {
        var configuration = SlimeSimulator.Configuration()
        configuration.secret = secret
        // Lets a POS vendor try outages.
        configuration.control = true
        // The configuration's own assumption, so a till that rounds lines raises no alarm.
        configuration.tradeValue.rounding = .line
        return configuration
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

/// The sandbox's signing secret: new each time, so it can never sign requests to a real account.
enum SandboxSecret {
    static func random() -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<40).map { _ in letters[Int.random(in: letters.indices)] })
    }
}
