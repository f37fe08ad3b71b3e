import Foundation

/// The query of a call, by the rules of the page's parameters.
struct BillgateQuery {
    private let values: [String: String]

    init(_ query: some StringProtocol) {
        values = FormText.values(query.utf8)
    }

    func text(_ name: String) -> String? { values[name] }

    func wholeNumber(_ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let bounds =
                range.upperBound == .max ? "from \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            throw .schema(name, "expected a whole number \(bounds)")
        }
        return number
    }

    /// `2026-04-01 00:00:00`.
    func time(_ name: String) throws(Refusal) -> String? {
        guard let text = values[name] else { return nil }
        guard BangkokTime.isTime(text) else {
            throw .schema(name, "expected a time such as 2026-04-01 00:00:00")
        }
        return text
    }

    func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws(Refusal) -> Word?
    where Word.RawValue == String {
        guard let text = values[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .schema(name, "expected \(Word.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return word
    }

    /// Up to 32 characters with a letter or digit among them.
    func customerID(_ name: String) throws(Refusal) -> String? {
        guard let text = values[name] else { return nil }
        guard text.unicodeScalars.count <= 32, text.utf8.contains(where: Self.isLetterOrDigit) else {
            throw .schema(name, "expected up to 32 characters with a letter or digit")
        }
        return text
    }

    func uuid(_ name: String) throws(Refusal) -> String? {
        guard let text = values[name] else { return nil }
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
