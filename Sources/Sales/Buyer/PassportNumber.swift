/// A passport's number, in the one format that a provider's page accepts (Slime API, `passport_number`: `/^\d{13}$/`). No
/// provider may get what another refuses: a sale is the same with each.
public struct PassportNumber: Sendable, Hashable {
    public static let rule =
        "13 digits, the only passport numbers that are accepted on a document; with any other, leave the buyer out"

    public let text: String

    /// nil if `text` breaks the ``rule``.
    public init?(_ text: String) {
        guard text.utf8.count == 13, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.text = text
    }
}
