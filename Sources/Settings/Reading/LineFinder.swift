/// Finds the line of a key. TOMLKit keeps positions only for syntax errors, so this searches the text: it works for
/// tables and keys as people write them, and returns nil for the rest.
struct LineFinder {
    private let lines: [Substring]

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    /// - Parameter key: `slime.timeout`, `printers[1].device`, `store`.
    func line(of key: String) -> Int? {
        var steps = key.split(separator: ".")
        guard let last = steps.popLast() else { return nil }
        if steps.isEmpty { return header(last) ?? entry(last, below: 0) }
        let table = steps.joined(separator: ".")
        // A table within a line: `walk_in = { … }`.
        guard let start = header(table[...]) else { return line(of: table) }
        // For a missing key: the line of the table to which it belongs.
        return entry(last, below: start) ?? start
    }

    /// The line of `key = …` among the lines of one table.
    private func entry(_ key: Substring, below start: Int) -> Int? {
        for (offset, line) in lines[start...].enumerated() {
            let content = line.drop { $0 == " " || $0 == "\t" }
            if content.first == "[" { break }
            let name = content.prefix { $0 != "=" && $0 != "." }.filter { $0 != " " && $0 != "\"" && $0 != "\t" }
            if name == key.prefix(while: { $0 != "[" }) { return start + offset + 1 }
        }
        return nil
    }

    /// The line of `[table]`, or of the n-th `[[table]]` for `table[n]`.
    private func header(_ table: Substring) -> Int? {
        let name = table.prefix { $0 != "[" }
        let index = Int(table.dropFirst(name.count + 1).dropLast()) ?? 0
        var seen = 0
        for (offset, line) in lines.enumerated() {
            let content = line.filter { $0 != " " && $0 != "\t" }
            guard content.hasPrefix("[\(name)]") || content.hasPrefix("[[\(name)]]") else { continue }
            if seen == index { return offset + 1 }
            seen += 1
        }
        return nil
    }
}
