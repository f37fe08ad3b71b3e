import Addresses
import JSON

// The three forms of a buyer's address.
extension ObjectReader {
    private static let quirk = "allow_unstructured_address"

    mutating func address(checkingTable: Bool) -> BuyerAddress? {
        let country = parsed("country", rule: CountryCode.rule, CountryCode.init)
        if isGiven("country"), country != .thailand { return foreignAddress(in: country).map { .abroad($0) } }
        if isGiven("tambon_id") { return codedAddress(checkingTable: checkingTable).map { .coded($0) } }
        return namedAddress().map { .named($0) }
    }

    private mutating func foreignAddress(in country: CountryCode?) -> ForeignAddress? {
        let line1 = documentLine("line1", required: true)
        let line2 = documentLine("line2")
        let postCode = documentLine("post_code", required: true, length: 1...16)
        refuseUnknownMembers()
        guard let country, let line1, let postCode else { return nil }
        return ForeignAddress(country: country, line1: line1, line2: line2, postCode: postCode)
    }

    private mutating func codedAddress(checkingTable: Bool) -> CodedAddress? {
        let houseNumber = documentLine("house_number", required: true)
        let tambon = parsed("tambon_id", required: true, rule: TambonCode.rule, TambonCode.init)
        let postCode = parsed("post_code", required: true, rule: PostCode.rule, PostCode.init)
        let parts = ["street", "soi", "moo", "moo_barn", "building_name", "floor", "room"].map { documentLine($0) }
        refuseUnknownMembers()
        if checkingTable, let tambon { check(tambon, has: postCode) }
        guard let houseNumber, let tambon, let postCode else { return nil }
        var address = CodedAddress(houseNumber: houseNumber, tambon: tambon, postCode: postCode)
        (address.street, address.soi, address.moo, address.mooBarn) = (parts[0], parts[1], parts[2], parts[3])
        (address.buildingName, address.floor, address.room) = (parts[4], parts[5], parts[6])
        return address
    }

    /// Its amphoe and changwat follow from the code, so it lies in them if there is such a tambon.
    private func check(_ tambon: TambonCode, has postCode: PostCode?) {
        guard let known = AddressBook.tambon(id: tambon.text) else {
            return faults.add(pointer / "tambon_id", "there is no tambon of this code; GET /v1/addresses lists them")
        }
        guard let postCode, !known.postCodes.contains(postCode.text) else { return }
        let codes = known.postCodes.joined(separator: " or ")
        faults.add(pointer / "post_code", "the tambon of this tambon_id has post code \(codes)")
    }

    private mutating func namedAddress() -> NamedAddress? {
        let houseNumber = documentLine("house_number", required: true)
        let street = documentLine("street")
        let subDistrict = documentLine("sub_district", required: true)
        let district = documentLine("district", required: true)
        let province = documentLine("province", required: true)
        let postCode = parsed("post_code", required: true, rule: PostCode.rule, PostCode.init)
        refuseUnknownMembers()
        guard let houseNumber, let subDistrict, let district, let province, let postCode else { return nil }
        return NamedAddress(
            houseNumber: houseNumber, street: street,
            district: .init(subDistrict: subDistrict, district: district, province: province), postCode: postCode)
    }

    /// Of a whole event: an address by names that no single tambon fits is sent unstructured, unless the event forbids that.
    func check(_ address: BuyerAddress?, under customization: JSONObject) {
        guard case .named(let named)? = address, case .object(let quirks)? = customization["quirks"],
            quirks[Self.quirk] == .bool(false), named.coded == nil
        else { return }
        faults.add(
            pointer / "buyer" / "address",
            "not exactly one tambon has these names and this post code, and customization.quirks.\(Self.quirk) is false: give its tambon_id"
        )
    }
}
