import Foundation

/// OpenStack Swift with its S3 interface (scripts/lib/s3-server.py), for as long as a test needs it.
struct OpenStackStore: Sendable {
    static let (region, bucket, keyID, secret) = ("ap-southeast-7", "papers", "shop:kamkap", "open+stack/secret=")

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int

    static func open<Value: Sendable>(_ body: (OpenStackStore) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = URL(filePath: #filePath).appending(path: "../../../../scripts/lib/s3-server.py").standardized
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [script.path, folder.path, region, bucket, keyID, secret]
        process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        let (said, saying) = AsyncStream.makeStream(of: Data.self)
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { saying.finish() } else { saying.yield(data) }
        }
        defer { output.fileHandleForReading.readabilityHandler = nil }
        let (ends, ending) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in ending.finish() }
        try process.run()
        let result: Result<Value, any Error>
        do { result = .success(try await body(OpenStackStore(port: try await port(in: said)))) } catch {
            result = .failure(error)
        }
        try? input.fileHandleForWriting.close()
        // It has nothing to lose, and may have been started with signals blocked.
        kill(process.processIdentifier, SIGKILL)
        for await _ in ends {}
        return try result.get()
    }

    /// The number that it prints once it answers.
    private static func port(in said: AsyncStream<Data>) async throws -> Int {
        var text = ""
        for await data in said {
            text += String(decoding: data, as: UTF8.self)
            for line in text.split(separator: "\n") where text.contains("\(line)\n") {
                if let port = Int(line) { return port }
            }
        }
        throw Failure(description: "the store did not start (is python3-swift installed?): \(text.suffix(2000))")
    }
}
