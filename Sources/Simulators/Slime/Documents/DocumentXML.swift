/// A well-formed XML that names its document and buyer. Its elements are the simulator's own, not those of ETDA's
/// standard.
struct DocumentXML {
    private let document: SlimeSimulator.Document

    init(_ document: SlimeSimulator.Document) {
        self.document = document
    }

    /// - Parameter size: the length of the file; a file that needs more is longer
    func bytes(filling size: Int = 0) -> [UInt8] {
        let (head, tail) = parts
        let padding = max(0, size - head.count - tail.count)
        return head + [UInt8](repeating: 0x20, count: padding) + tail
    }

    private var parts: (head: [UInt8], tail: [UInt8]) {
        let buyer = document.buyerName.map { "  <BuyerName>\(Self.escaped($0))</BuyerName>\n" } ?? ""
        let head = """
            <?xml version="1.0" encoding="UTF-8"?>
            <SampleDocument>
              <ID>\(Self.escaped(document.id))</ID>
              <TransactionID>\(Self.escaped(document.transactionID))</TransactionID>
              <Sequence>\(document.sequence)</Sequence>
              <Type>\(document.type.rawValue)</Type>
            \(buyer)
            """
        return (Array(head.utf8), Array("</SampleDocument>\n".utf8))
    }

    /// Text as XML 1.0 allows it (section 2.2): other control characters cannot be written at all.
    static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out.append(contentsOf: "&amp;".unicodeScalars)
            case "<": out.append(contentsOf: "&lt;".unicodeScalars)
            case ">": out.append(contentsOf: "&gt;".unicodeScalars)
            case "\t", "\n", "\r": out.append(" ")
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": continue
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
