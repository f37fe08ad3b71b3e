import Foundation

/// A PDF that came out of a print server, read by poppler and zbar, which know nothing of how it was drawn.
public struct KeptPDF: Sendable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The text that can be selected, in the order in which it stands in the file.
    public func text() async throws -> String {
        try await read { ["/usr/bin/pdftotext", "-raw", $0, "-"] }
    }

    /// What zbar reads from its pages; nil where it finds nothing.
    public func qr() async throws -> String? {
        let found = try await withFile { file in
            try await OutsideProgram.run(
                "/usr/bin/pdftoppm", ["-singlefile", "-gray", "-r", "203", "-png", file.path, file.path])
            let page = file.appendingPathExtension("png")
            defer { try? FileManager.default.removeItem(at: page) }
            return try await OutsideProgram.run(
                "/usr/bin/zbarimg", ["-q", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable", page.path])
        }
        return found.isEmpty ? nil : found.trimmingCharacters(in: .newlines)
    }

    /// Its first page in points, as pdfinfo says; and how many pages there are.
    public func pages() async throws -> (width: Double, height: Double, count: Int) {
        var (sides, count): ([Double], Int) = ([], 0)
        for line in try await read({ ["/usr/bin/pdfinfo", $0] }).split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("Page size:") { sides = words.compactMap { Double($0) } }
            if line.hasPrefix("Pages:") { count = words.last.flatMap { Int($0) } ?? 0 }
        }
        guard sides.count == 2 else { throw OutsideProgram.Failure(description: "pdfinfo gives no page size") }
        return (sides[0], sides[1], count)
    }

    /// Where a word stands on the first page: its left and its upper edge in points, from the top left corner.
    public func place(of word: String) async throws -> (x: Double, y: Double)? {
        for line in try await read({ ["/usr/bin/pdftotext", "-l", "1", "-bbox", $0, "-"] }).split(separator: "\n")
        where line.contains(">\(word)<") {
            let numbers = line.split(separator: "\"").compactMap { Double($0) }
            if numbers.count == 4 { return (numbers[0], numbers[1]) }
        }
        return nil
    }

    private func read(_ command: (String) -> [String]) async throws -> String {
        try await withFile { file in
            let command = command(file.path)
            return try await OutsideProgram.run(command[0], Array(command.dropFirst()))
        }
    }

    private func withFile(_ body: (URL) async throws -> String) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "kamkap-kept-\(UUID().uuidString).pdf")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file)
    }
}
