/// A post code within Thailand.
public struct PostCode: Sendable, Hashable {
    static let rule = "5 digits, as post codes within Thailand have"

    public let text: String

    public init?(_ text: String) {
        guard text.utf8.count == 5, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.text = text
    }
}
