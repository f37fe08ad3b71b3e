import Foundation
import Synchronization

/// `kamkap serve` as a process of its own.
final class RunningGateway: Sendable {
    private let process: Mutex<Process>
    private let log: URL
    private let ended: AsyncStream<Int32>

    /// Starts the gateway and returns once it says that it is ready.
    ///
    /// - Parameters:
    ///   - wrapper: a program and its arguments that turn into the gateway, whose own command line follows them.
    static func start(
        in store: Store, wrapper: [String] = [], environment: [String: String] = [:]
    ) async throws -> RunningGateway {
        let gateway = try RunningGateway(store, wrapper: wrapper, environment: environment)
        try await gateway.untilReady()
        return gateway
    }

    private init(_ store: Store, wrapper: [String], environment: [String: String]) throws {
        log = store.folder.appendingPathComponent("log-\(UUID().uuidString)")
        try Data().write(to: log)
        let process = Process()
        let command = wrapper + [try Binary.url().path, "serve", "--config", store.configuration.path]
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command[1...])
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let logging = try FileHandle(forWritingTo: log)
        // Foundation keeps a process that has ended, and with it what it was given.
        defer { try? logging.close() }
        process.standardError = logging
        let (ended, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        self.ended = ended
        try process.run()
        self.process = Mutex(process)
    }

    var processID: Int32 { process.withLock(\.processIdentifier) }

    /// Its exit status, once it ends by itself.
    func end() async -> Int32 { await status() }

    /// Everything logged so far.
    func logged() throws -> String { try String(contentsOf: log, encoding: .utf8) }

    /// Waits until the log has these words.
    func untilLogged(_ words: String) async throws {
        try await until {
            try logged().contains(words) ? () : nil
        } orElse: {
            "\(words) was not logged within 30 s:\n\(try logged())"
        }
    }

    /// The most memory that it ever had, in KiB.
    func peakMemory() throws -> Int {
        let file = "/proc/\(process.withLock { $0.processIdentifier })/status"
        let line = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").first {
            $0.hasPrefix("VmHWM")
        }
        guard let words = line?.split(whereSeparator: \.isWhitespace), words.count > 1, let peak = Int(words[1]) else {
            throw FixtureError("\(file) says no VmHWM")
        }
        return peak
    }

    /// SIGKILL: nothing is said, nothing is finished.
    func kill() async {
        process.withLock { _ = Foundation.kill($0.processIdentifier, SIGKILL) }
        _ = await status()
    }

    /// SIGTERM, as systemd stops it; its exit status.
    func stop() async -> Int32 {
        process.withLock { $0.terminate() }
        return await status()
    }

    private func status() async -> Int32 {
        for await status in ended { return status }
        return process.withLock { $0.terminationStatus }
    }

    /// The log is looked at as it grows; the end of the process ends the wait as well.
    private func untilReady() async throws {
        try await until {
            let text = try logged()
            if text.contains("ready path=") { return () }
            if !process.withLock({ $0.isRunning }) { throw FixtureError("the gateway ended at once:\n\(text)") }
            return nil
        } orElse: {
            "the gateway was not ready within 30 s:\n\(try logged())"
        }
    }
}
