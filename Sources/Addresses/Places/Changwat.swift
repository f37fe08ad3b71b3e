/// A province (จังหวัด), or Bangkok.
public struct Changwat: Sendable, Hashable {
    /// Two digits, of the Department of Provincial Administration.
    public let id: String
    public let name: PlaceName

    /// As an address has it: จังหวัดชลบุรี, but กรุงเทพมหานคร.
    public var thaiTitle: String { id == AddressBook.bangkok ? name.thai : "จังหวัด" + name.thai }
}
