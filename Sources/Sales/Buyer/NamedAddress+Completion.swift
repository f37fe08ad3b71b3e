import Addresses

extension NamedAddress {
    /// The same by code, if exactly one tambon has these names and this post code; nil otherwise.
    public var coded: CodedAddress? {
        let fitting = AddressBook.matching(
            subDistrict: district.subDistrict, district: district.district, province: district.province,
            postCode: postCode.text)
        guard fitting.count == 1, let tambon = fitting.first.flatMap({ TambonCode($0.id) }) else { return nil }
        var address = CodedAddress(houseNumber: houseNumber, tambon: tambon, postCode: postCode)
        address.street = street
        return address
    }
}
