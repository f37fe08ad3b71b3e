/// The till's own name for a sale, unique within the provider's project and case-sensitive.
public struct TransactionID: Sendable, Hashable, CustomStringConvertible {
    /// Longest accepted, in characters (Slime API, "transaction_id: Max Length").
    public static let maximumLength = 30
    /// What an accepted id is, for messages.
    public static let rule = "1 to 30 characters out of A-Z a-z 0-9 - _ /"

    public let text: String

    /// nil where `text` breaks the ``rule``.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength, text.utf8.allSatisfy(Self.isAccepted) else {
            return nil
        }
        self.text = text
    }

    public var description: String { text }

    /// Slime's pattern for ids of transactions and products: `[-_/a-zA-Z0-9]`.
    static func isAccepted(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
