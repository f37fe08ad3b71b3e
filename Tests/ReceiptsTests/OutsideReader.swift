import Foundation
import Raster
import Testing

/// Programs that read a picture without knowing how it was drawn.
enum OutsideReader {
    /// What zbar reads from a picture.
    static func zbar(_ bitmap: Bitmap) throws -> String {
        try read(bitmap) { ["zbarimg", "--quiet", "--raw", "--nodbus", $0] }
            .trimmingCharacters(in: .newlines)
    }

    /// What tesseract reads from a picture, without the white space: it is never sure of that in Thai.
    static func tesseract(_ bitmap: Bitmap) throws -> String {
        try read(bitmap) { ["tesseract", $0, "-", "-l", "tha+eng", "--psm", "4"] }
            .filter { !$0.isWhitespace }
            // It writes sara am in its two parts.
            .replacingOccurrences(of: "\u{0E4D}\u{0E32}", with: "\u{0E33}", options: .literal)
    }

    private static func read(_ bitmap: Bitmap, _ command: (String) -> [String]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "paper-\(UUID().uuidString).png")
        try Data(bitmap.png()).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command(file.path)
        var environment = ProcessInfo.processInfo.environment
        environment["OMP_THREAD_LIMIT"] = "1"
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(command("FILE").joined(separator: " ")) is installed and succeeds")
        return String(decoding: data, as: UTF8.self)
    }
}
