import Foundation
import Synchronization

/// `kamkap serve` as a process of its own, started again each time it dies.
final class GatewayProcess: Sendable {
    /// How one run of it ended.
    enum End: Sendable, Equatable {
        case killed
        case signal(Int32)
        case exit(Int32)
    }

    private static let running = Mutex<Set<Int32>>([])

    private let process: Mutex<Process>
    private let ended: OneEnd

    /// - Parameters:
    ///   - environment: added to this process's own.
    ///   - log: its output is appended here.
    init(configuration: URL, log: URL, environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = try Self.program()
        process.arguments = ["serve", "--config", configuration.path]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let handle = try FileHandle(forWritingTo: log)
        try handle.seekToEnd()
        let told = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        try handle.write(contentsOf: Data("---- start \(told)\n".utf8))
        process.standardError = handle
        let ended = OneEnd()
        self.ended = ended
        process.terminationHandler = { process in
            Self.running.withLock { _ = $0.remove(process.processIdentifier) }
            let status = process.terminationStatus
            switch process.terminationReason {
            case .exit: ended.come(.exit(status))
            default: ended.come(status == SIGKILL ? .killed : .signal(status))
            }
        }
        try Self.running.withLock { running in
            try process.run()
            running.insert(process.processIdentifier)
        }
        try handle.close()
        self.process = Mutex(process)
    }

    /// Ends all of them and this process: they are not in its process group, so nobody else would.
    static func abandonAll() -> Never {
        running.withLock { running in
            for number in running { _ = Foundation.kill(number, SIGKILL) }
        }
        exit(130)
    }

    /// The program beside this one: both are built in the same configuration.
    static func program() throws -> URL {
        let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let url = own.deletingLastPathComponent().appendingPathComponent("kamkap")
        guard FileManager.default.isExecutableFile(atPath: url.path) else {
            throw TortureError("\(url.path) is not there: build the whole package")
        }
        return url
    }

    /// SIGKILL: it can neither report nor finish anything.
    @discardableResult
    func kill() async -> End? {
        // Its number may belong to another process by now.
        if let end = ended.value { return end }
        process.withLock { _ = Foundation.kill($0.processIdentifier, SIGKILL) }
        return await end(within: .seconds(10))
    }

    /// SIGTERM, as systemd stops it.
    func stop() async -> End? {
        process.withLock { _ = Foundation.kill($0.processIdentifier, SIGTERM) }
        return await end(within: .seconds(40))
    }

    var hasEnded: Bool { ended.value != nil }

    /// How it ended; nil if it still runs after `limit`.
    func end(within limit: Duration) async -> End? {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !Task.isCancelled {
            if let end = ended.value { return end }
            try? await Task.sleep(for: .milliseconds(2))
        }
        return ended.value
    }
}

/// The end of a process, once it has come.
private final class OneEnd: Sendable {
    private let state = Mutex<GatewayProcess.End?>(nil)

    var value: GatewayProcess.End? { state.withLock(\.self) }

    func come(_ end: GatewayProcess.End) { state.withLock { $0 = end } }
}
