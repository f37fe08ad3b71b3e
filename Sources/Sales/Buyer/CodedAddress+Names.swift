import Addresses

extension CodedAddress {
    /// The names that belong to its code, without words for their levels; nil if the table has no such tambon.
    public var district: NamedAddress.District? {
        AddressBook.tambon(id: tambon.text).map {
            NamedAddress.District(
                subDistrict: $0.name.thai, district: $0.amphoe.name.thai, province: $0.changwat.name.thai)
        }
    }
}
