import Foundation
import Raster
import Testing

@testable import Receipts

/// Pictures of papers that a person has looked at, beside these tests.
enum Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    /// Set it to 1 to write the pictures instead of comparing them; then look at each that has changed.
    static let renewal = "KAMKAP_RENEW_GOLDEN"

    static var isRenewed: Bool { ProcessInfo.processInfo.environment[renewal] == "1" }

    private static var howToRenew: String {
        "Run the tests with \(renewal)=1, look at what `git status \(folder.path)` lists, and keep it if it is right."
    }

    /// The faces of Loma that this machine draws with: for each file its name, length and FNV-1a checksum.
    static func installedFont() throws -> String {
        try PaperFonts(family: "Loma").files.map { path in
            let bytes = try Data(contentsOf: URL(filePath: path))
            let checksum = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            return "\(URL(filePath: path).lastPathComponent) \(bytes.count) \(String(checksum, radix: 16))\n"
        }.joined()
    }

    private static var fontFile: URL { folder.appending(path: "font.txt") }

    /// Whether the pictures were drawn with this machine's font; an issue is recorded where they were not.
    static func isComparable() throws -> Bool {
        let installed = try installedFont()
        if isRenewed {
            try Data(installed.utf8).write(to: fontFile)
            return true
        }
        let drawn = try String(contentsOf: fontFile, encoding: .utf8)
        guard drawn != installed else { return true }
        Issue.record(
            """
            Nothing was compared: the golden receipts were drawn with another font file.
            expected: \(drawn)installed: \(installed)\
            Install Debian 12's fonts-tlwg-loma-otf. Or renew them: \(howToRenew)
            """)
        return false
    }

    /// Compares a paper with its picture, dot for dot; what differs is written beside the machine's temporary files.
    static func compare(_ paper: Bitmap, _ name: String) throws {
        let file = folder.appending(path: "\(name).png")
        guard !isRenewed else {
            try Data(paper.png()).write(to: file)
            return
        }
        guard let bytes = try? Data(contentsOf: file) else {
            Issue.record("There is no \(file.path). \(howToRenew)")
            return
        }
        let expected = try Bitmap(png: Array(bytes), maximumDots: 1 << 24)
        guard paper != expected else { return }
        let drawn = FileManager.default.temporaryDirectory.appending(path: "kamkap-\(name).png")
        try Data(paper.png()).write(to: drawn)
        let rows = (0..<max(paper.height, expected.height)).filter {
            paper.rows($0..<$0 + 1) != expected.rows($0..<$0 + 1)
        }
        Issue.record(
            """
            \(name) is not what it was: \(paper.width)×\(paper.height) dots, expected \
            \(expected.width)×\(expected.height); \(rows.count) rows differ, the first is \(rows.first ?? 0). \
            Compare \(drawn.path) with \(file.path). If the new one is right: \(howToRenew)
            """)
    }
}
