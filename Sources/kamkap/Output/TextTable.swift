/// Rows of text under headings, aligned by the columns of a terminal: Thai vowels and tone marks above or below a
/// letter take none, CJK takes two.
struct TextTable {
    enum Alignment { case left, right }

    let columns: [(heading: String, alignment: Alignment)]
    var rows: [[String]] = []

    func text() -> String {
        let cells = [columns.map(\.heading)] + rows
        let widths = columns.indices.map { column in cells.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        return cells.map { row in
            let line = columns.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]))
                return columns[column].alignment == .left ? row[column] + padding : padding + row[column]
            }.joined(separator: "  ")
            return line.trimmingTrailingSpaces()
        }.joined(separator: "\n")
    }
}

enum DisplayWidth {
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .format: return 0
        default: break
        }
        switch scalar.value {
        // East Asian Wide (UAX 11): Hangul, CJK, kana, full-width forms, and most emoji.
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}

extension String {
    fileprivate func trimmingTrailingSpaces() -> String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

extension String {
    /// By the columns of a terminal.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
    }
}
