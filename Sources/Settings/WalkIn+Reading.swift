import Sales

/// `[billgate.walk_in]`: Billgate wants each of these.
extension WalkIn {
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
            address: Address(
                houseNumber: houseNumber, subDistrict: subDistrict, district: district, province: province,
                postCode: postCode))
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
