import Sales

/// `[billgate.walk_in]`: whom a receipt without a buyer is made out to. Billgate wants each of these.
public struct WalkInSettings: Sendable, Equatable {
    public var name = "ลูกค้าทั่วไป"
    /// 13 digits. Zeros, as of somebody who gave none, have no valid check digit.
    public var taxNumber = "0000000000000"
    public var phoneNumber = "-"
    public var houseNumber: String
    public var subDistrict: String
    public var district: String
    public var province: String
    public var postCode: String

    public init(houseNumber: String, subDistrict: String, district: String, province: String, postCode: String) {
        self.houseNumber = houseNumber
        self.subDistrict = subDistrict
        self.district = district
        self.province = province
        self.postCode = postCode
    }
}

extension WalkInSettings {
    /// The address has no default: it would stand on the documents of every shop.
    init?(_ table: inout SettingsReader) {
        let name = Self.line("name", of: &table)
        let taxNumber = table.parsed("tax_number", rule: "13 digits", Self.acceptedTaxNumber)
        let phoneNumber = Self.line("phone_number", of: &table)
        let houseNumber = Self.line("house_number", of: &table, required: true)
        let subDistrict = Self.line("sub_district", of: &table, required: true)
        let district = Self.line("district", of: &table, required: true)
        let province = Self.line("province", of: &table, required: true)
        let postCode = table.parsed("post_code", required: true, rule: "5 digits") { PostCode($0)?.text }
        table.refuseUnknownKeys()
        guard let houseNumber, let subDistrict, let district, let province, let postCode else { return nil }
        self.init(
            houseNumber: houseNumber, subDistrict: subDistrict, district: district, province: province,
            postCode: postCode)
        if let name { self.name = name }
        if let taxNumber { self.taxNumber = taxNumber }
        if let phoneNumber { self.phoneNumber = phoneNumber }
    }

    private static func acceptedTaxNumber(_ text: String) -> String? {
        let isDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return text.utf8.count == 13 && isDigits ? text : nil
    }

    /// One line of a document.
    private static func line(_ key: String, of table: inout SettingsReader, required: Bool = false) -> String? {
        let rule = "one line of 1 to 256 characters, with something that can be seen"
        return table.parsed(key, required: required, rule: rule) { text in
            let isLine = text.unicodeScalars.allSatisfy { ![.lineBreak, .command].contains(ScalarUse($0)) }
            return isLine && !text.isBlank && text.unicodeScalars.count <= 256 ? text : nil
        }
    }
}
