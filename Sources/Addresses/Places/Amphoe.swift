/// A district: อำเภอ, and in Bangkok เขต.
public struct Amphoe: Sendable, Hashable {
    /// Four digits; the first two are the changwat's.
    public let id: String
    public let name: PlaceName

    /// As an address has it: อำเภอสัตหีบ, and in Bangkok เขตคลองเตย.
    public var thaiTitle: String { (id.hasPrefix(AddressBook.bangkok) ? "เขต" : "อำเภอ") + name.thai }
}
