import Foundation

/// A program of the system's, run to its end.
public struct OutsideProgram {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Gives what it said on both its outputs. Throws `Failure` when it ends with another status than 0.
    @discardableResult
    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> String {
        let saying = FileManager.default.temporaryDirectory.appending(path: "kamkap-said-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: saying.path, contents: nil) else {
            throw Failure(description: "cannot write \(saying.path)")
        }
        defer { try? FileManager.default.removeItem(at: saying) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"].merging(environment) { _, own in own }
        let output = try FileHandle(forWritingTo: saying)
        // Foundation keeps a process that has ended, and with it what it was given.
        defer { try? output.close() }
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        // Not waitUntilExit: it would hold one of the few threads that every test shares.
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try withSignals { try process.run() }
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        let said = try String(contentsOf: saying, encoding: .utf8)
        guard status == 0 else { throw Failure(description: "\(program) \(arguments): \(said)") }
        return said
    }

    /// Our threads block signals, and a program started by them would inherit that: it could not be ended, nor end its own.
    static func withSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }
}
