import Foundation

/// The library that is preloaded, built from faulty.c beside this file.
enum FaultyLibrary {
    static func build(in folder: URL) async throws -> URL {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("faulty.c")
        let library = folder.appendingPathComponent("faulty.so")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "sh", "-c",
            #"exec "$(command -v clang || command -v cc)" -shared -fPIC -O1 -Wall -Werror -o "$1" "$2" -ldl"#, "sh",
            library.path, source.path,
        ]
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else { throw TortureError("\(source.path) was not compiled: exit \(status)") }
        return library
    }

    /// "write 210" and so on, as the library writes it.
    static func counts(in file: URL) throws -> [SystemCallFault.Call: Int] {
        var counts: [SystemCallFault.Call: Int] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let call = SystemCallFault.Call(rawValue: String(words[0])) else { continue }
            counts[call] = Int(words[1])
        }
        return counts
    }
}
