/// The Revenue Department's number of a branch: 5 digits, 00000 for the head office.
public struct BranchID: Sendable, Hashable {
    public static let rule = "5 digits; 00000 is the head office"

    public let text: String

    public init?(_ text: String) {
        guard text.utf8.count == 5, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            return nil
        }
        self.text = text
    }

    public var isHeadOffice: Bool { text == "00000" }
}
