/// Every tambon of Thailand with its amphoe, its changwat and its post codes, as of the day that NOTICE names.
///
/// The table is read when it is first asked for, which takes milliseconds, and from then on by any number of threads.
public enum AddressBook {
    /// Whose parts are called khwaeng and khet.
    static let bangkok = "10"

    /// - Parameter id: six digits.
    public static func tambon(id: String) -> Tambon? { AddressTable.shared.tambon(id: id) }

    /// - Parameter id: four digits.
    public static func amphoe(id: String) -> Amphoe? { AddressTable.shared.amphoe(id: id) }

    /// - Parameter id: two digits.
    public static func changwat(id: String) -> Changwat? { AddressTable.shared.changwat(id: id) }

    /// The tambons that have this post code, by their ids. Only a few dozen share one.
    public static func tambons(postCode: String) -> [Tambon] { AddressTable.shared.tambons(postCode: postCode) }

    /// What somebody may mean who types a name, or the beginning or a part of one, in Thai or English: of a tambon, an
    /// amphoe or a changwat. Several words are several names (แสมสาร สัตหีบ), and five digits among them a post code.
    ///
    /// Tambons whose own name is or begins with the text come first, then those of such an amphoe and such a changwat,
    /// then those that have it elsewhere in a name; among equals by their ids.
    /// - Returns: at most `limit` of them, and whether there are more.
    public static func search(_ text: String, limit: Int) -> (matches: [Tambon], more: Bool) {
        AddressTable.shared.search(text, limit: limit)
    }

    /// The tambons that an address may mean in which these names are written. They are the whole names, each in Thai or
    /// English; words for the level (ต., แขวง, Amphoe, Province, …), white space, hyphens and upper case do not count,
    /// กทม. is Bangkok, and อำเภอเมือง the amphoe of the changwat's seat.
    /// - Parameter postCode: one of the tambon's, if it is given.
    /// - Returns: none, exactly one, or several that the names cannot tell apart.
    public static func matching(
        subDistrict: String, district: String, province: String, postCode: String?
    ) -> [Tambon] {
        AddressTable.shared.matching(
            tambon: WrittenName(subDistrict, of: .tambon), amphoe: WrittenName(district, of: .amphoe),
            changwat: WrittenName(province, of: .changwat), postCode: postCode)
    }
}
