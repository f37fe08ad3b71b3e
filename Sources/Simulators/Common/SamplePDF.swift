/// A page of A4 that says what it stands for, as a PDF that any reader opens (PDF 1.4, ISO 32000-1 section 7.5).
struct SamplePDF {
    /// What the page says below the words that it is a sample; in ASCII.
    let lines: [String]

    /// - Parameter size: the length of the file; a file that needs more is longer
    func bytes(filling size: Int = 0) -> [UInt8] {
        let least = file(padding: 0)
        // Offsets have a fixed width, so that a comment adds its own length and nothing else.
        return size > least.count ? file(padding: size - least.count) : least
    }

    private func file(padding: Int) -> [UInt8] {
        var out = Array("%PDF-1.4\n".utf8)
        out += Self.comment(padding)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(out.count)
            out += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        let start = out.count
        out += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8
        for offset in offsets { out += "\(Self.ten(offset)) 00000 n \n".utf8 }
        out += "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(Self.ten(start))\n%%EOF\n".utf8
        return out
    }

    private var objects: [String] {
        let text = (["SAMPLE - NOT A TAX INVOICE"] + lines).map { "(\(Self.escaped($0))) Tj T*" }.joined(
            separator: "\n")
        let content = "BT\n/F1 18 Tf\n28 TL\n72 760 Td\n\(text)\nET"
        return [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
    }

    private static func ten(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 10 - text.count)) + text
    }

    /// A comment of so many bytes, in lines that a reader's buffer holds.
    private static func comment(_ count: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(count)
        while out.count < count {
            let length = min(80, count - out.count)
            if length > 1 {
                out.append(UInt8(ascii: "%"))
                out += repeatElement(UInt8(ascii: "."), count: length - 2)
            }
            out.append(0x0A)
        }
        return out
    }
}
