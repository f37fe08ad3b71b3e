import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// `kamkap sandbox` as a process of its own, in a folder of its own.
final class RunningSandbox: Sendable {
    let folder: URL
    private let process: Mutex<Process>

    var socket: String { folder.appendingPathComponent("pos.sock").path }

    /// Starts a sandbox, and stops it after `body`.
    static func run<Value>(_ arguments: String..., body: (RunningSandbox) async throws -> Value) async throws -> Value {
        // Short, because a socket's path may have 107 bytes.
        let folder = URL(fileURLWithPath: "/tmp/kks-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sandbox = try RunningSandbox(folder, arguments)
        defer { sandbox.process.withLock { $0.terminate() } }
        try await sandbox.untilReady()
        return try await body(sandbox)
    }

    private init(_ folder: URL, _ arguments: [String]) throws {
        self.folder = folder
        let process = Process()
        process.executableURL = try Binary.url()
        process.arguments = ["sandbox", "--directory", folder.path] + arguments
        process.standardInput = FileHandle.nullDevice
        let output = folder.appendingPathComponent("output")
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        // Foundation keeps a process that has ended, and with it what it was given.
        defer { try? handle.close() }
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        self.process = Mutex(process)
    }

    /// What it has said so far.
    func said() throws -> String {
        try String(contentsOf: folder.appendingPathComponent("output"), encoding: .utf8)
    }

    private func untilReady() async throws {
        try await until {
            if try said().contains("Try a sale") { return () }
            if !process.withLock({ $0.isRunning }) { throw FixtureError("the sandbox ended at once:\n\(try said())") }
            return nil
        } orElse: {
            "the sandbox was not ready within 30 s:\n\(try said())"
        }
    }

    func post(_ path: String, _ body: String) async throws -> Store.Answer {
        guard let url = URL(httpURLWithSocketPath: socket, uri: path) else { throw FixtureError("no such socket path") }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        return try await Self.answer(to: request)
    }

    static func put(_ url: String, _ body: String) async throws -> Store.Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .PUT
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        return try await answer(to: request)
    }

    static func get(_ url: String) async throws -> Store.Answer { try await answer(to: HTTPClientRequest(url: url)) }

    private static func answer(to request: HTTPClientRequest) async throws -> Store.Answer {
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        return Store.Answer(
            status: Int(response.status.code), headers: response.headers,
            body: Array(buffer: try await response.body.collect(upTo: 1 << 20)))
    }
}
