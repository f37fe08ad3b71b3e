import Foundation

/// `kamkap serve` in a folder of its own, on release code: the program beside this one is built in the same configuration.
final class GatewayUnderTest {
    struct PrinterEntry {
        var name: String
        var device: String
        var terminals: [String] = []
    }

    /// For tills on the network.
    static let token = "a-token-of-tills-on-the-network"

    let socket: String
    private let folder: BenchFolder
    private let process = Process()

    /// Starts it.
    ///
    /// - Parameters:
    ///   - database: nil for a new one.
    ///   - endpoint: the provider's.
    ///   - spool: the folder from which it takes files; nil for none.
    ///   - network: a port for tills on the network; nil for none.
    ///   - extra: more tables of the configuration.
    init(
        database: String? = nil, provider: ProviderUnderTest = .slime, endpoint: String, printers: [PrinterEntry],
        spool: String? = nil, network: Int? = nil,
        extra: String = ""
    ) throws {
        folder = try BenchFolder()
        socket = folder.socket
        try Data(provider.secret.utf8).write(to: folder.url.appendingPathComponent("secret"))
        let token = folder.url.appendingPathComponent("token")
        try Data(Self.token.utf8).write(to: token)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: token.path)
        var text = """
            [store]
            name = "ร้านตัวอย่าง"
            tax_id = "0105561000003"
            branch_id = "00000"
            \(provider.tables(endpoint: endpoint))
            [intake]
            socket = "\(socket)"
            \(spool.map { "spool = \"\($0)\"" } ?? "")
            \(network.map { "listen = \"127.0.0.1:\($0)\"\ntoken_file = \"token\"" } ?? "")
            [outbox]
            database = "\(database ?? "outbox.sqlite")"
            \(extra)

            """
        for printer in printers {
            text += """
                [[printers]]
                name = "\(printer.name)"
                device = "\(printer.device)"
                terminals = [\(printer.terminals.map { "\"\($0)\"" }.joined(separator: ", "))]

                """
        }
        let configuration = folder.url.appendingPathComponent("kamkap.toml")
        try Data(text.utf8).write(to: configuration)
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("kamkap")
        process.arguments = ["serve", "--config", configuration.path, "--log-level", "warning"]
        // The provider is often deliberately down here, and each time the log says so.
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// A gateway whose one printer is a file.
    convenience init(
        database: String? = nil, provider: ProviderUnderTest = .slime, endpoint: String, paper: BenchFolder,
        spool: String? = nil, network: Int? = nil,
        extra: String = ""
    ) throws {
        let file = paper.url.appendingPathComponent("paper").path
        let printer = PrinterEntry(name: "front", device: "file://\(file)")
        try self.init(
            database: database, provider: provider, endpoint: endpoint, printers: [printer], spool: spool,
            network: network, extra: extra)
    }

    var vitals: ProcessVitals { ProcessVitals(process.processIdentifier) }

    /// Waits until it takes sales.
    func untilReady() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline, process.isRunning {
            if let answer = try? RawConnection(socket: socket).get("/readyz"), answer.status == 200 { return }
            try await Task.sleep(for: .milliseconds(1))
        }
        throw BenchmarkError("the gateway was not ready within 30 s")
    }

    /// Whether any sale's registration is in this state.
    func hasSale(registration state: String) throws -> Bool {
        let answer = try RawConnection(socket: socket).get("/v1/sales?limit=1&registration=\(state)")
        guard answer.status == 200 else { throw BenchmarkError("the list of sales was answered \(answer.status)") }
        return !String(decoding: answer.body, as: UTF8.self).contains(#""sales":[]"#)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    deinit { if process.isRunning { stop() } }
}

/// A folder on the disk of the build, not in a /tmp that may be memory, where a sync costs nothing. Removed at the end.
final class BenchFolder {
    static let data = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        .appendingPathComponent(".build/bench-data")

    let url: URL
    /// Elsewhere, because a socket's path has to be short.
    let socket: String

    init() throws {
        let name = "run-\(UUID().uuidString.prefix(8))"
        url = Self.data.appendingPathComponent(name)
        socket = "/tmp/kamkap-\(name).sock"
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
        try? FileManager.default.removeItem(atPath: socket)
    }
}
