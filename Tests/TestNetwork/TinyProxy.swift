public import Foundation
import NIOCore
import NIOPosix

/// tinyproxy (Debian's), for as long as a test needs it.
public struct TinyProxy: Sendable {
    public let port: Int
    public let log: URL

    /// - Parameters:
    ///   - login: whom it lets in; nil for everybody.
    ///   - connectPort: the one port that it opens ways to; nil for all.
    public static func open<Value: Sendable>(
        login: (user: String, password: String)? = nil, connectPort: Int? = nil,
        _ body: (TinyProxy) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kk-proxy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let proxy = TinyProxy(port: try FreePort.find(), log: folder.appendingPathComponent("log"))
        let file = folder.appendingPathComponent("tinyproxy.conf")
        let lines = [
            "Port \(proxy.port)", "Listen 127.0.0.1", "Allow 127.0.0.1", "Timeout 30", "MaxClients 100",
            "LogFile \"\(proxy.log.path)\"", "LogLevel Connect",
            login.map { "BasicAuth \($0.user) \($0.password)" } ?? "", connectPort.map { "ConnectPort \($0)" } ?? "",
        ]
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/tinyproxy")
        process.arguments = ["-d", "-c", file.path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { process.terminate() }
        try await proxy.untilItListens()
        return try await body(proxy)
    }

    private func untilItListens() async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let connected = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port)
            if let channel = try? await connected.get() {
                try? await channel.close()
                return
            }
            await Task.yield()
        }
        throw NetworkFixtureError("tinyproxy does not listen")
    }
}
