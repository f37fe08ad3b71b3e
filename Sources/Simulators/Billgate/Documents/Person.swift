/// `customer` of the three requests that make documents.
struct Person: Sendable {
    let code: String?
    let name: String
    let taxNumber: String
    let phone: String
    let emails: [String]
    /// In one line, as documents have it.
    let address: String

    init(_ member: Member) throws(Refusal) {
        code = try member.optionalText("customer_code", 1...Int.max)
        name = try member.text("name")
        taxNumber = try member.text("tax_number")
        phone = try member.text("phone_number")
        emails = try member.strings("emails")
        address = try Self.line(member.member("address"))
    }

    /// Somebody whom no call named.
    init(name: String) {
        (code, self.name, taxNumber, phone, emails) = (nil, name, "0000000000000", "-", [])
        address = "เลขที่ 1 แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร 10110"
    }

    private static func line(_ address: Member) throws(Refusal) -> String {
        let house = try address.text("house_number")
        let (tambon, amphoe) = (try address.text("sub_district"), try address.text("district"))
        let (changwat, code) = (try address.text("province"), try address.text("post_code"))
        return changwat.hasPrefix("กรุงเทพ")
            ? "เลขที่ \(house) แขวง\(tambon) เขต\(amphoe) \(changwat) \(code)"
            : "เลขที่ \(house) ตำบล\(tambon) อำเภอ\(amphoe) จังหวัด\(changwat) \(code)"
    }

    var json: JSONValue {
        .object([
            "name": .string(name), "tax_number": .string(taxNumber), "phone": .string(phone),
            "emails": .array(emails.map(JSONValue.string)), "address": .string(address),
        ])
    }
}
