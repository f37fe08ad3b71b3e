/// The code of a tambon, in Bangkok of a khwaeng, by the Department of Provincial Administration: two digits for the
/// changwat, two for the amphoe in it, two for the tambon in that.
public struct TambonCode: Sendable, Hashable {
    static let rule = "6 digits: the code of a tambon, such as \"103301\"; GET /v1/addresses lists them"

    public let text: String

    /// nil if it is not 6 digits. Whether there is such a tambon, the table says.
    public init?(_ text: String) {
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.text = text
    }

    /// The code of the amphoe, in Bangkok of the khet.
    public var amphoe: String { String(text.prefix(4)) }
    /// The code of the changwat.
    public var changwat: String { String(text.prefix(2)) }
}
