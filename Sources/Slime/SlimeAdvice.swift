/// What to do about a refusal of Slime's, by its code.
public enum SlimeAdvice {
    /// About an account that is refused.
    public static func advice(for code: String?) -> String {
        switch code {
        case "Fund::InsufficientBalance": "Top up the account's balance at Slime"
        case "Certificate::NotReady": "Check the project's certificate at Slime"
        case "Seller::NotConfigured": "Fill in the seller's data at Slime"
        case "JWT::KeyNotFound": "Check slime.key_id in the configuration against the keys at Slime"
        case "JWT::VerificationError": "Check the signing secret (slime.secret_file) against the key at Slime"
        case "JWT::IATDrift": "Set this machine's clock: is its time service running?"
        case let code? where code.hasPrefix("Theme::"): "Check slime.theme in the configuration"
        case let code? where code.hasPrefix("JWT::"): "Check slime.endpoint, slime.key_id and slime.secret_file"
        case let code?: aboutBuyer(code) ?? "Check the account at Slime, and run kamkap check"
        case nil: "Check the account at Slime, and run kamkap check"
        }
    }

    /// About a buyer that is refused, in the shop's language and in English; nil for a code about anything else.
    public static func aboutBuyer(_ code: String) -> String? {
        guard code.hasPrefix("Buyer::") else { return nil }
        let (thai, english) = correction(of: code)
        return """
            \(thai) แล้วสั่ง kamkap retry ID --buyer FILE หรือ --without-buyer · \(english), then: kamkap retry ID --buyer FILE, \
            or --without-buyer
            """
    }

    private static func correction(of code: String) -> (thai: String, english: String) {
        switch code {
        case "Buyer::CheckDigitFailed":
            (
                "เลขประจำตัวผู้เสียภาษีหรือเลขบัตรประชาชนของผู้ซื้อไม่ถูกต้อง ตรวจทีละหลัก",
                "Check the buyer's tax ID or citizen ID digit by digit"
            )
        case "Buyer::InvalidEmail":
            ("อีเมลของผู้ซื้อไม่ถูกต้อง แก้หรือเว้นไว้", "Correct the buyer's e-mail address or leave it out")
        case "Buyer::InvalidPhoneNumber":
            ("เบอร์โทรศัพท์ของผู้ซื้อไม่ถูกต้อง แก้หรือเว้นไว้", "Correct the buyer's phone number or leave it out")
        case "Buyer::InvalidCountry":
            ("รหัสประเทศของผู้ซื้อไม่ถูกต้อง ใช้รหัสสองตัวอักษร เช่น JP", "Correct the buyer's country: two letters, such as JP")
        case "Buyer::InvalidPostcode":
            ("รหัสไปรษณีย์ของผู้ซื้อไม่ถูกต้อง", "Correct the post code of the buyer's address")
        case "Buyer::InvalidChangwat":
            (
                "จังหวัดในที่อยู่ของผู้ซื้อไม่ถูกต้อง เลือกตำบลใหม่ด้วย kamkap addresses",
                "Correct the changwat of the buyer's address (kamkap addresses)"
            )
        case "Buyer::InvalidAmphoe":
            (
                "อำเภอหรือเขตในที่อยู่ของผู้ซื้อไม่ถูกต้อง เลือกตำบลใหม่ด้วย kamkap addresses",
                "Correct the amphoe of the buyer's address (kamkap addresses)"
            )
        case "Buyer::InvalidTambon":
            (
                "ตำบลหรือแขวงในที่อยู่ของผู้ซื้อไม่ถูกต้อง เลือกตำบลใหม่ด้วย kamkap addresses",
                "Correct the tambon of the buyer's address (kamkap addresses)"
            )
        case "Buyer::AmphoeNotInChangwat":
            (
                "อำเภอในที่อยู่ของผู้ซื้อไม่อยู่ในจังหวัดนั้น เลือกตำบลใหม่ด้วย kamkap addresses",
                "The amphoe of the buyer's address is not in its changwat: correct it (kamkap addresses)"
            )
        case "Buyer::TambonNotInAmphoe":
            (
                "ตำบลในที่อยู่ของผู้ซื้อไม่อยู่ในอำเภอนั้น เลือกตำบลใหม่ด้วย kamkap addresses",
                "The tambon of the buyer's address is not in its amphoe: correct it (kamkap addresses)"
            )
        default:
            ("ข้อมูลผู้ซื้อไม่ผ่านการตรวจของ Slime ตรวจแก้", "Slime does not take the buyer's data: correct it")
        }
    }
}
