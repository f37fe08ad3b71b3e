/// A phrase of the paper in both languages.
struct Wording {
    let thai: String
    let english: String

    init(_ thai: String, _ english: String) {
        self.thai = thai
        self.english = english
    }

    /// The phrase on one line, in both languages if both are wanted.
    func line(_ language: ReceiptStyle.Language) -> String {
        switch language {
        case .thai: thai
        case .english: english
        case .both: "\(thai) / \(english)"
        }
    }

    /// The phrase with a line for each language.
    func lines(_ language: ReceiptStyle.Language) -> [String] {
        switch language {
        case .thai: [thai]
        case .english: [english]
        case .both: [thai, english]
        }
    }

    /// The phrase if the law wants it in Thai: English can only be added to it.
    func statutoryLine(_ language: ReceiptStyle.Language) -> String {
        language == .thai ? thai : "\(thai) (\(english))"
    }

    func statutoryLines(_ language: ReceiptStyle.Language) -> [String] {
        language == .thai ? [thai] : [thai, english]
    }
}

extension Wording {
    // The words and particulars that section 86/6 of the Revenue Code requires.
    static let abbreviatedTaxInvoice = Wording("ใบกำกับภาษีอย่างย่อ", "Abbreviated Tax Invoice")
    static let receipt = Wording("ใบเสร็จรับเงิน", "Receipt")
    static let bill = Wording("ใบแจ้งหนี้", "Invoice")
    static let vatIncluded = "ราคารวมภาษีมูลค่าเพิ่มแล้ว (VAT INCLUDED)"
    static let taxID = Wording("เลขประจำตัวผู้เสียภาษี", "Tax ID")
    static let headOffice = Wording("สำนักงานใหญ่", "Head Office")
    static let branch = Wording("สาขาที่", "Branch")
    static let registerID = Wording("เลขรหัสประจำเครื่อง", "Register ID")

    static let citizenID = Wording("เลขประจำตัวประชาชน", "Citizen ID")
    static let passport = Wording("หนังสือเดินทาง", "Passport")
    static let invoiceMadeOutTo = Wording(
        "ใบกำกับภาษีเต็มรูปอิเล็กทรอนิกส์ออกในนาม", "The electronic full tax invoice is made out to")
    static let receiptMadeOutTo = Wording(
        "ใบเสร็จรับเงินอิเล็กทรอนิกส์ออกในนาม", "The electronic receipt is made out to")
    static let billMadeOutTo = Wording("ใบแจ้งหนี้อิเล็กทรอนิกส์ออกในนาม", "The electronic invoice is made out to")
    static let abbreviatedIsElectronic = Wording(
        "ใบกำกับภาษีอย่างย่อของรายการนี้เป็นเอกสารอิเล็กทรอนิกส์ ใบเสร็จนี้ไม่ใช่ใบกำกับภาษี",
        "The abbreviated tax invoice of this sale is electronic. This receipt is not a tax invoice")

    static let sandbox = Wording("ตัวอย่าง ไม่ใช่ใบกำกับภาษี", "SAMPLE – NOT A TAX INVOICE")
    static let notTaxInvoice = Wording("ไม่ใช่ใบกำกับภาษี", "Not a Tax Invoice")
    static let copy = "สำเนา / COPY"
    static let reprint = "พิมพ์ซ้ำ / REPRINT"
    static let replacesEarlier = Wording("ใช้แทนใบเสร็จรับเงินที่พิมพ์ก่อนหน้า", "Replaces the receipt that was printed before")
    static let replacesEarlierBill = Wording("ใช้แทนใบแจ้งหนี้ที่พิมพ์ก่อนหน้า", "Replaces the invoice that was printed before")

    static let phone = Wording("โทร.", "Tel.")
    static let number = Wording("เลขที่", "No.")
    static let date = Wording("วันที่", "Date")
    static let due = Wording("ครบกำหนดชำระ", "Due")
    static let cashier = Wording("พนักงาน", "Cashier")
    static let terminal = Wording("เครื่อง", "Terminal")

    static let total = Wording("รวมทั้งสิ้น", "Total")
    static let rounding = Wording("ปัดเศษ", "Rounding")
    static let change = Wording("เงินทอน", "Change")
    static let net = Wording("มูลค่าก่อนภาษี", "Net of VAT")
    static let vat = Wording("ภาษีมูลค่าเพิ่ม", "VAT")
    static let vatable = Wording("มูลค่ารวมภาษี", "VATable")
    static let exempt = Wording("มูลค่ายกเว้นภาษี", "VAT exempt")

    static let documentWithdrawn = Wording(
        "เอกสารอิเล็กทรอนิกส์ของรายการนี้ถูกยกเลิกแล้ว", "The electronic document of this sale was withdrawn")
    static let replacedByFullInvoice = Wording(
        "ออกใบกำกับภาษีเต็มรูปแทนใบนี้แล้ว", "A full tax invoice was issued in place of this paper")
    static let linkTooLong = Wording(
        "ลิงก์ยาวเกินกว่าจะพิมพ์เป็นคิวอาร์บนกระดาษนี้", "The link is too long for a QR code on this paper")
    static let isBrief = Wording(
        "ใบเสร็จยาวเกินไป จึงไม่ได้พิมพ์คำอธิบายและหมายเหตุ",
        "Too long: descriptions and notes are not printed")
    static let forReceipt = Wording("สำหรับใบเสร็จเลขที่", "For receipt")
    static let forBill = Wording("สำหรับใบแจ้งหนี้เลขที่", "For invoice")

    /// The printed words for a till's payment method; unknown methods are printed as they came.
    static let paymentMethods: [String: Wording] = [
        "cash": Wording("เงินสด", "Cash"), "card": Wording("บัตร", "Card"),
        "credit_card": Wording("บัตรเครดิต", "Credit card"), "debit_card": Wording("บัตรเดบิต", "Debit card"),
        "promptpay": Wording("พร้อมเพย์", "PromptPay"), "transfer": Wording("โอนเงิน", "Transfer"),
        "qr": Wording("สแกนจ่าย", "QR payment"), "voucher": Wording("คูปอง", "Voucher"),
    ]

    /// Units of UN/CEFACT Recommendation 20 in which shops weigh and measure. Pieces need no word.
    static let units: [String: Wording] = [
        "C62": Wording("", ""), "EA": Wording("", ""), "H87": Wording("", ""),
        "KGM": Wording("กก.", "kg"), "GRM": Wording("กรัม", "g"), "LTR": Wording("ลิตร", "l"),
        "MLT": Wording("มล.", "ml"), "MTR": Wording("เมตร", "m"), "HUR": Wording("ชม.", "h"),
    ]
}
