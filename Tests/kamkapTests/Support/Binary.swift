import Foundation
import Testing

struct FixtureError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The built program, run as users run it.
struct Binary {
    struct Outcome {
        let status: Int32
        let output: String
        let complaints: String
    }

    /// Beside the test bundle, where the package manager puts both.
    static func url() throws -> URL {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let url = folder.appendingPathComponent("kamkap")
        guard FileManager.default.isExecutableFile(atPath: url.path) else {
            throw FixtureError("\(url.path) is not there: build the whole package first")
        }
        return url
    }

    /// Runs a command to its end, without holding a thread of the test's.
    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:], at url: URL? = nil
    ) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kamkap-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = try url ?? Self.url()
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
        // Files rather than pipes: nothing can fill up and block.
        let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
        try Data((input ?? "").utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let handles = [try FileHandle(forReadingFrom: files[0])] + (try files[1...].map(FileHandle.init(forWritingTo:)))
        // Foundation keeps a process that has ended, and with it what it was given. With some 1,350 open files its next
        // process reads past the end of the list of them, and crashes.
        defer { for handle in handles { try? handle.close() } }
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
            complaints: try String(contentsOf: files[2], encoding: .utf8))
    }
}

/// What zbarimg, an independent reader, finds in a picture.
func readQR(_ png: [UInt8]) async throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("kamkap-\(UUID().uuidString).png")
    try Data(png).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let outcome = try await Binary.run(
        ["-q", "--raw", "-Sdisable", "-Sqrcode.enable", file.path], at: URL(fileURLWithPath: "/usr/bin/zbarimg"))
    return outcome.output.trimmingCharacters(in: .newlines)
}
