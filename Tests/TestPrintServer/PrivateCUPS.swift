import Foundation

/// A print server of the test's own on loopback, with a raw queue, `front`, and others as they are added. To be stopped.
public final class PrivateCUPS: Sendable {
    public let port: Int
    private let folder: URL
    private let process: Process
    private let ended: AsyncStream<Void>

    public var server: String { "127.0.0.1:\(port)" }

    /// - Parameter printerPort: where the queue's printer listens on loopback
    public init(printerPort: Int, errorPolicy: String = "abort-job") async throws {
        for program in ["cupsd", "lpadmin"] where !FileManager.default.isExecutableFile(atPath: "/usr/sbin/\(program)")
        {
            throw OutsideProgram.Failure(
                description: "\(program) is missing; install the Debian packages cups and cups-client")
        }
        // Short, as it holds a Unix socket; open to the account that runs the back ends.
        folder = URL(filePath: "/tmp/kamkap-cups-\(UInt32.random(in: 0 ... .max))")
        for name in ["", "root", "spool", "spool/tmp", "cache", "state", "log"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
        }
        port = try Self.freePort()
        try Self.configuration(port: port).write(
            to: folder.appending(path: "cupsd.conf"), atomically: true, encoding: .utf8)
        try Self.files(folder.path).write(
            to: folder.appending(path: "cups-files.conf"), atomically: true, encoding: .utf8)
        process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/cupsd")
        process.arguments = [
            "-f", "-c", folder.appending(path: "cupsd.conf").path, "-s", folder.appending(path: "cups-files.conf").path,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        self.ended = ended
        process.terminationHandler = { _ in end.finish() }
        try OutsideProgram.withSignals { try process.run() }
        try await untilListening()
        try await run(
            "/usr/sbin/lpadmin", "-h", server, "-p", "front", "-E", "-m", "raw", "-o",
            "printer-error-policy=\(errorPolicy)",
            "-v", Self.device(printerPort))
    }

    private static func device(_ port: Int) -> String { "socket://127.0.0.1:\(port)/?waiteof=false&snmp=false" }

    /// Makes a further queue, with a driver, to a printer on a port of loopback.
    public func addQueue(
        _ name: String, _ driver: RollDriver, printerPort: Int, errorPolicy: String = "abort-job"
    ) async throws {
        let ppd = folder.appending(path: "\(name).ppd")
        try driver.ppd.write(to: ppd, atomically: true, encoding: .utf8)
        try await run(
            "/usr/sbin/lpadmin", "-h", server, "-p", name, "-E", "-P", ppd.path, "-o",
            "printer-error-policy=\(errorPolicy)", "-v", Self.device(printerPort))
    }

    /// Makes a further queue without a driver of its own, as for a printer that speaks IPP itself: another queue.
    public func addQueue(_ name: String, everywhereTo other: String) async throws {
        try await run(
            "/usr/sbin/lpadmin", "-h", server, "-p", name, "-E", "-m", "everywhere", "-o",
            "printer-error-policy=abort-job", "-v", "ipp://\(server)/printers/\(other)")
    }

    deinit {
        if process.isRunning { process.terminate() }
    }

    /// Ends the server, and removes what it wrote once it writes no more.
    public func stop() async {
        process.terminate()
        for await _ in ended {}
        try? FileManager.default.removeItem(at: folder)
    }

    /// What the server wrote down, for a test that failed.
    public var log: String { (try? String(contentsOf: folder.appending(path: "log/error_log"), encoding: .utf8)) ?? "" }

    /// Runs a program of CUPS against this server to its end and gives what it said.
    @discardableResult
    public func run(_ program: String, _ arguments: String...) async throws -> String {
        try await OutsideProgram.run(program, arguments, environment: ["CUPS_SERVER": server, "LC_ALL": "C"])
    }

    /// Waits until the queue's back end has found that nobody listens where its printer should be.
    public func untilPrinterIsAway(_ queue: String = "front") async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while try await !run("/usr/bin/lpstat", "-p", queue).contains("unavailable") {
            guard ContinuousClock.now < deadline else {
                throw OutsideProgram.Failure(description: "the printer is not missed")
            }
        }
    }

    private func untilListening() async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            guard process.isRunning else { throw OutsideProgram.Failure(description: "cupsd ended at once: \(log)") }
            if Self.isOpen(port) { return }
            // cupsd tells nobody when it begins to listen: its port is tried, and this is only how often.
            try await Task.sleep(for: .milliseconds(20))
        }
        throw OutsideProgram.Failure(description: "cupsd does not listen: \(log)")
    }

    private static func withSocket<Value>(_ body: (Int32, inout sockaddr_in) throws -> Value) rethrows -> Value {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return try body(number, &address)
    }

    private static let length = socklen_t(MemoryLayout<sockaddr_in>.size)

    private static func isOpen(_ port: Int) -> Bool {
        withSocket { number, address in
            address.sin_port = UInt16(port).bigEndian
            return withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(number, $0, length) == 0 }
            }
        }
    }

    /// A port of loopback on which nobody listens.
    public static func freePort() throws -> Int {
        try withSocket { number, address in
            var length = length
            let found = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, length) == 0 && getsockname(number, $0, &length) == 0
                }
            }
            guard found else { throw OutsideProgram.Failure(description: "no free port: \(errno)") }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }

    private static func configuration(port: Int) -> String {
        """
        Listen 127.0.0.1:\(port)
        Browsing No
        WebInterface No
        LogLevel debug
        DefaultAuthType None
        PreserveJobHistory Yes
        JobRetryInterval 1
        <Location />
          Order allow,deny
          Allow all
        </Location>
        <Policy default>
          <Limit All>
            Order allow,deny
            Allow all
          </Limit>
        </Policy>

        """
    }

    private static func files(_ folder: String) -> String {
        """
        ServerRoot \(folder)/root
        RequestRoot \(folder)/spool
        TempDir \(folder)/spool/tmp
        CacheDir \(folder)/cache
        StateDir \(folder)/state
        ErrorLog \(folder)/log/error_log
        AccessLog \(folder)/log/access_log
        PageLog \(folder)/log/page_log

        """
    }
}
