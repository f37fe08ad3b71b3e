import JSON
import Sales

/// To whom a document is made out: the member `customer` of a request. No text of it may be empty.
struct RequestPerson: Sendable, Equatable {
    private static let none = "-"

    let name: String
    let taxNumber: String
    let phoneNumber: String
    /// They are mailed at once.
    let emails: [String]
    let address: WalkIn.Address

    init(_ walkIn: WalkIn) {
        name = walkIn.name
        taxNumber = walkIn.taxNumber
        phoneNumber = walkIn.phoneNumber
        emails = []
        address = walkIn.address
    }

    init(_ buyer: Buyer) {
        name = buyer.name
        taxNumber =
            switch buyer.identity {
            case .taxID(let id, _), .nationalID(let id): id.text
            case .passport(let number): number.text
            }
        phoneNumber = buyer.phone ?? Self.none
        emails = buyer.email.map { [$0] } ?? []
        address = Self.address(buyer.address)
    }

    var json: JSONObject {
        [
            "name": .string(name), "tax_number": .string(taxNumber), "phone_number": .string(phoneNumber),
            "emails": .array(emails.map { .string($0) }),
            "address": .object([
                "house_number": .string(address.houseNumber), "sub_district": .string(address.subDistrict),
                "district": .string(address.district), "province": .string(address.province),
                "post_code": .string(address.postCode),
            ]),
        ]
    }

    // MARK: Addresses

    private static func address(_ address: BuyerAddress) -> WalkIn.Address {
        switch address {
        case .coded(let coded): Self.address(coded)
        case .named(let named):
            .init(
                houseNumber: joined([named.houseNumber, named.street]), subDistrict: named.district.subDistrict,
                district: named.district.district, province: named.district.province, postCode: named.postCode.text)
        case .abroad(let abroad):
            .init(
                houseNumber: joined([abroad.line1, abroad.line2]), subDistrict: none, district: none,
                province: abroad.country.text, postCode: abroad.postCode)
        }
    }

    /// Everything that Billgate has no member for stands before the sub-district, as an address is written.
    private static func address(_ coded: CodedAddress) -> WalkIn.Address {
        let district = coded.district
        return .init(
            houseNumber: joined([
                coded.houseNumber, titled("หมู่ที่", coded.moo), titled("หมู่บ้าน", coded.mooBarn),
                titled("อาคาร", coded.buildingName), titled("ชั้น", coded.floor), titled("ห้อง", coded.room),
                titled("ซอย", coded.soi), coded.street,
            ]),
            subDistrict: district?.subDistrict ?? none, district: district?.district ?? none,
            province: district?.province ?? none, postCode: coded.postCode.text)
    }

    /// The word for what it is, unless it says so itself.
    private static func titled(_ title: String, _ text: String?) -> String? {
        text.map { $0.hasPrefix(title) ? $0 : "\(title) \($0)" }
    }

    private static func joined(_ parts: [String?]) -> String {
        parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
