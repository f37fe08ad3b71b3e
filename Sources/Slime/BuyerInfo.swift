import JSON
import Sales

/// A buyer as Slime names it: `document.buyer_info`.
struct BuyerInfo: Sendable, Equatable {
    let json: JSONObject
    /// Whether its address is one in Thailand without codes, which Slime takes only with a quirk.
    let isUnstructured: Bool

    init(_ buyer: Buyer) {
        let (address, isUnstructured) = Self.address(buyer.address)
        json = Self.json(buyer, address)
        self.isUnstructured = isUnstructured
    }

    static func json(_ buyer: Buyer, _ address: JSONObject) -> JSONObject {
        var json: JSONObject = ["name": .string(buyer.name), "identity": .object(identity(buyer.identity))]
        json.put(buyer.email, as: "email")
        json.put(buyer.phone, as: "phone_number")
        json["address"] = .object(address)
        return json
    }

    private static func identity(_ identity: BuyerIdentity) -> JSONObject {
        switch identity {
        case .taxID(let id, let branch):
            var json: JSONObject = ["type": .string("TXID"), "tax_id": .string(id.text)]
            json.put(branch?.text, as: "branch_id")
            return json
        case .nationalID(let id): return ["type": .string("NIDN"), "national_id_number": .string(id.text)]
        case .passport(let number): return ["type": .string("CCPT"), "passport_number": .string(number.text)]
        }
    }

    private static func address(_ address: BuyerAddress) -> (json: JSONObject, isUnstructured: Bool) {
        switch address {
        case .coded(let address): (coded(address), false)
        case .named(let address): address.coded.map { (coded($0), false) } ?? (unstructured(address), true)
        case .abroad(let address): (foreign(address), false)
        }
    }

    static func coded(_ address: CodedAddress) -> JSONObject {
        var json: JSONObject = [
            "country_id": .string(CountryCode.thailand.text), "post_code": .string(address.postCode.text),
            "changwat_id": .string(address.tambon.changwat), "amphoe_id": .string(address.tambon.amphoe),
            "tambon_id": .string(address.tambon.text), "building_number": .string(address.houseNumber),
        ]
        json.put(address.street, as: "street_name")
        json.put(address.soi, as: "soi")
        json.put(address.moo, as: "moo")
        json.put(address.mooBarn, as: "moo_barn")
        json.put(address.buildingName, as: "building_name")
        json.put(address.floor, as: "floor")
        json.put(address.room, as: "room")
        return json
    }

    /// As in the page's example of the quirk.
    static func unstructured(_ address: NamedAddress) -> JSONObject {
        let names = address.district
        return [
            "line1": .string([address.houseNumber, address.street].compactMap(\.self).joined(separator: " ")),
            "line2": .string([names.subDistrict, names.district, names.province].joined(separator: ", ")),
            "post_code": .string(address.postCode.text), "country_id": .string(CountryCode.thailand.text),
        ]
    }

    private static func foreign(_ address: ForeignAddress) -> JSONObject {
        var json: JSONObject = ["line1": .string(address.line1)]
        json.put(address.line2, as: "line2")
        json["post_code"] = .string(address.postCode)
        json["country_id"] = .string(address.country.text)
        return json
    }
}

extension JSONObject {
    /// Nothing for nil.
    fileprivate mutating func put(_ text: String?, as key: String) {
        if let text { self[key] = .string(text) }
    }
}
