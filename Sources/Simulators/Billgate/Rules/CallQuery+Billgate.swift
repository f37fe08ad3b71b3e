import Foundation

/// The kinds of parameters that only Billgate's page has.
extension CallQuery {
    /// `2026-04-01 00:00:00`.
    func time(_ name: String) throws(Refusal) -> String? {
        guard let text = self.text(name) else { return nil }
        guard BangkokTime.isTime(text) else {
            throw .schema(name, "expected a time such as 2026-04-01 00:00:00")
        }
        return text
    }

    /// Up to 32 characters with a letter or digit among them.
    func customerID(_ name: String) throws(Refusal) -> String? {
        guard let text = self.text(name) else { return nil }
        guard text.unicodeScalars.count <= 32, text.utf8.contains(where: Self.isLetterOrDigit) else {
            throw .schema(name, "expected up to 32 characters with a letter or digit")
        }
        return text
    }

    func uuid(_ name: String) throws(Refusal) -> String? {
        guard let text = self.text(name) else { return nil }
        guard UUIDText.isVersion4(text) else { throw .schema(name, "expected a UUID of version 4") }
        return text
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
        default: false
        }
    }
}
