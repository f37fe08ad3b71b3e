import Foundation
import Raster
import Testing

/// Programs that read a picture or a file without knowing how it was drawn.
enum OutsideReader {
    /// What zbar reads from a picture; nil where it finds nothing.
    static func zbar(_ page: GreyPage) throws -> String? {
        try read(page.pgm, as: "pgm", accepting: [0, 4]) { ["zbarimg", "--quiet", "--raw", "--nodbus", $0] }
            .map { $0.trimmingCharacters(in: .newlines) }
    }

    static func zbar(_ bitmap: Bitmap) throws -> String? {
        try zbar(GreyPage(bitmap))
    }

    /// What tesseract reads from a picture, without the white space: it is never sure of that in Thai.
    static func tesseract(_ bitmap: Bitmap) throws -> String {
        plain(
            try read(bitmap.png(), as: "png") { ["tesseract", $0, "-", "-l", "tha+eng", "--psm", "4"] } ?? "")
    }

    /// What tesseract reads from pictures of one line each, without the white space.
    static func tesseract(lines: [GreyPage]) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var list = ""
        for (index, line) in lines.enumerated() {
            let file = folder.appending(path: "\(index).pgm")
            try Data(line.pgm).write(to: file)
            list += file.path + "\n"
        }
        // One process for all: it separates the pages by form feeds.
        let text =
            try read(Array(list.utf8), as: "txt") { ["tesseract", $0, "-", "-l", "tha", "--psm", "7"] } ?? ""
        return text.split(separator: "\u{C}", omittingEmptySubsequences: false).prefix(lines.count)
            .map { plain(String($0)) }
    }

    /// The text that a PDF has to select, in the order in which it was written, without the white space.
    static func pdfText(_ pdf: [UInt8]) throws -> String {
        plain(try read(pdf, as: "pdf") { ["pdftotext", "-raw", $0, "-"] } ?? "")
    }

    /// What one of poppler's programs says of a PDF.
    static func poppler(_ program: String, _ pdf: [UInt8], _ arguments: String...) throws -> String {
        try read(pdf, as: "pdf") { [program] + arguments + [$0] } ?? ""
    }

    /// The first page of a PDF, drawn by poppler at eight dots a millimetre, black where at least half covered.
    static func drawnPDF(_ pdf: [UInt8]) throws -> Bitmap {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = folder.appending(path: "page")
        _ = try read(pdf, as: "pdf") { ["pdftoppm", "-singlefile", "-gray", "-r", "203.2", "-png", $0, page.path] }
        return try Bitmap(png: Array(Data(contentsOf: page.appendingPathExtension("png"))), maximumDots: 1 << 24)
    }

    private static func plain(_ text: String) -> String {
        text.filter { !$0.isWhitespace && $0 != "\u{C}" }
            // Some write sara am in its two parts.
            .replacingOccurrences(of: "\u{0E4D}\u{0E32}", with: "\u{0E33}", options: .literal)
    }

    /// nil where the program ended with a status other than 0 that is accepted.
    private static func read(
        _ bytes: [UInt8], as type: String, accepting statuses: [Int32] = [0], _ command: (String) -> [String]
    ) throws -> String? {
        let file = FileManager.default.temporaryDirectory.appending(path: "paper-\(UUID().uuidString).\(type)")
        try Data(bytes).write(to: file)
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
        // Foundation keeps a process that has ended, and with it what it was given.
        try? output.fileHandleForReading.close()
        process.waitUntilExit()
        #expect(
            statuses.contains(process.terminationStatus),
            "\(command("FILE").joined(separator: " ")) is installed and succeeds")
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}
