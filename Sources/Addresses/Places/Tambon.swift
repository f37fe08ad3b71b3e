/// A subdistrict, the smallest place that has a code: ตำบล, and in Bangkok แขวง.
public struct Tambon: Sendable, Hashable {
    /// Six digits; the first four are the amphoe's.
    public let id: String
    public let name: PlaceName
    public let amphoe: Amphoe
    public let changwat: Changwat
    /// At least one, each of five digits, in their order. Where there are several, each covers a part of the tambon.
    public let postCodes: [String]

    /// As an address has it: ตำบลแสมสาร, and in Bangkok แขวงคลองเตย.
    public var thaiTitle: String { (id.hasPrefix(AddressBook.bangkok) ? "แขวง" : "ตำบล") + name.thai }

    /// The whole of it in one line, without post code: ตำบลแสมสาร อำเภอสัตหีบ จังหวัดชลบุรี; Samaesan, Sattahip, Chon Buri.
    public var line: PlaceName {
        PlaceName(
            thai: [thaiTitle, amphoe.thaiTitle, changwat.thaiTitle].joined(separator: " "),
            english: [name.english, amphoe.name.english, changwat.name.english].joined(separator: ", "))
    }
}
