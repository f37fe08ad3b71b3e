/// The form of `buyer_info.address`: structured within Thailand, in lines elsewhere or by the quirk.
struct AddressForm {
    struct Place {
        let changwat: String
        let amphoe: String
        let tambon: String
    }

    private static let parts = ["moo", "moo_barn", "street_name", "soi", "building_name", "floor", "room", "line2"]

    let country: String
    let postCode: String
    /// nil where the address is written in lines.
    let place: Place?

    /// A country that there is not has no rules of its own: the exception about it says more than one about a line.
    ///
    /// With the quirk an address in Thailand that has `line1` is unstructured, and one without it and with any of the
    /// three codes is structured.
    init(_ address: Member, allowsUnstructured: Bool) throws(Refusal) {
        country = try address.filled("country_id")
        postCode = try address.filled("post_code")
        for part in Self.parts { _ = try address.optionalString(part) }
        let codes = ["changwat_id", "amphoe_id", "tambon_id"]
        switch country {
        case Countries.thailand:
            let isInLines =
                allowsUnstructured && (address.has("line1") || !codes.contains(where: { address.has($0) }))
            if isInLines {
                _ = try address.filled("line1")
                place = nil
            } else {
                place = Place(
                    changwat: try address.string("changwat_id"), amphoe: try address.string("amphoe_id"),
                    tambon: try address.string("tambon_id"))
                _ = try address.filled("building_number")
            }
        case let known where Countries.codes.contains(known):
            _ = try address.filled("line1")
            place = nil
        default:
            place = nil
        }
        _ = try address.optionalString("building_number")
        _ = try address.optionalString("line1")
    }
}
