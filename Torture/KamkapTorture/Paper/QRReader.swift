import Foundation

/// The texts that zbarimg, an independent reader, finds in pictures.
enum QRReader {
    private static let batch = 40
    /// As many at a time as there are free cores.
    private static let readers = 2

    /// The texts of all codes, by the picture's path.
    static func read(_ pictures: [URL]) async throws -> [String: [String]] {
        let batches = stride(from: 0, to: pictures.count, by: batch).map {
            pictures[$0..<min($0 + batch, pictures.count)].map(\.path)
        }
        return try await withThrowingTaskGroup(of: [String: [String]].self) { group in
            var found: [String: [String]] = [:]
            for (index, paths) in batches.enumerated() {
                if index >= readers, let some = try await group.next() { found.merge(some) { first, _ in first } }
                group.addTask { codes(in: try await run(paths)) }
            }
            for try await some in group { found.merge(some) { first, _ in first } }
            return found
        }
    }

    private static func codes(in xml: String) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for source in xml.components(separatedBy: "<source href='").dropFirst() {
            let path = String(source.prefix { $0 != "'" })
            let texts = source.components(separatedBy: "<data><![CDATA[").dropFirst()
            found[path] = texts.map { $0.components(separatedBy: "]]>")[0] }
        }
        return found
    }

    private static func run(_ paths: [String]) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/zbarimg")
        process.arguments = ["-q", "--xml", "-Sdisable", "-Sqrcode.enable"] + paths
        process.standardInput = FileHandle.nullDevice
        // A file rather than a pipe: it cannot fill up and block.
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("kt-zbar-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return try String(contentsOf: output, encoding: .utf8)
    }
}
