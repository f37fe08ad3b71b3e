/// `Customer-Request`.
struct CustomerForm: Sendable {
    enum Kind: String, CaseIterable {
        case individual, corporate
    }

    let type: Kind
    let name: String
    let alias: String?
    let taxNumber: String?
    let branch: String?
    let phone: String?
    let code: String?
    let emails: [String]
    let address: [String: String]

    init(_ member: Member) throws(Refusal) {
        guard let kind: Kind = try member.optionalWord("type") else {
            throw .schema("type", "expected individual or corporate, found nothing")
        }
        type = kind
        name = try member.text("name", 0...140)
        alias = try member.textOrNull("alias", 0...140)
        taxNumber = try member.textOrNull("tax_number", 13...13)
        branch = try member.textOrNull("branch_number", 5...5)
        phone = try member.textOrNull("phone_number", 0...30)
        code = try member.textOrNull("customer_code", 0...64)
        emails = try member.strings("emails")
        let place = try member.member("address")
        address = [
            "house_number": try place.text("house_number", 0...140),
            "sub_district": try place.text("sub_district", 0...30),
            "district": try place.text("district", 0...30), "province": try place.text("province", 0...30),
            "post_code": try place.text("post_code", 5...5),
        ]
    }
}
