import Foundation

/// A supplier's invoice as a file that its bytes alone identify. Every fourth is dropped twice, under two names.
struct NumberedInvoice: Sendable {
    let number: Int

    var bytes: Data { Data("%PDF-1.4\n% invoice \(number) of the torture\n%%EOF\n".utf8) }

    var names: [String] {
        let name = "ใบแจ้งหนี้ \(number)"
        return number.isMultiple(of: 4) ? ["\(name).pdf", "\(name) อีกครั้ง.pdf"] : ["\(name).pdf"]
    }

    /// Puts it into a folder as a scanner does: whole under another name, then renamed.
    func drop(into folder: URL) throws {
        for name in names {
            let draft = folder.appendingPathComponent(".tmp-\(UUID().uuidString)")
            try bytes.write(to: draft)
            try FileManager.default.moveItem(at: draft, to: folder.appendingPathComponent(name))
        }
    }
}
