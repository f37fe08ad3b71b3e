/// The three levels of an address, and the words that people write for them.
enum PlaceLevel: Int, CaseIterable, Sendable {
    case tambon, amphoe, changwat

    /// Before a name, in the form of a key. No name of the table begins with one of the Thai ones.
    var wordsBefore: [String] {
        switch self {
        case .tambon: ["ตำบล", "แขวง", "tambon", "tambol", "tumbol", "khwaeng", "kwaeng"]
        case .amphoe: ["กิ่งอำเภอ", "อำเภอ", "เขต", "amphoe", "amphur", "ampur", "khet"]
        case .changwat: ["จังหวัด", "changwat"]
        }
    }

    /// Behind an English name, in the form of a key.
    var wordsBehind: [String] {
        switch self {
        case .tambon: ["subdistrict"]
        case .amphoe: ["district"]
        case .changwat: ["province"]
        }
    }

    /// The letter that, with a dot or a space behind it, is short for the Thai word.
    var initial: Unicode.Scalar {
        switch self {
        case .tambon: "ต"
        case .amphoe: "อ"
        case .changwat: "จ"
        }
    }
}
