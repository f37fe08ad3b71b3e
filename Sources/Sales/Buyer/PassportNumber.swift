/// A passport's number, in the one format that the provider's page accepts (Slime API, `passport_number`: `/^\d{13}$/`).
public struct PassportNumber: Sendable, Hashable {
    public static let rule =
        "13 digits, the only passport numbers that the provider accepts; for any other leave the buyer out: the customer can use the link on the paper"

    public let text: String

    /// nil if `text` breaks the ``rule``.
    public init?(_ text: String) {
        guard text.utf8.count == 13, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.text = text
    }
}
