import Raster
import Sales
import Testing

@testable import Receipts

@Suite(.timeLimit(.minutes(1))) struct GoldenReceiptTests {
    /// A sale of which every part of the paper has something to say.
    private func shopping() throws -> Sale {
        try Samples.sale(
            [
                try Samples.line("กาแฟลาเต้เย็น แก้วใหญ่ หวานน้อย เพิ่มช็อตเอสเปรสโซ่ เปลี่ยนเป็นนมโอ๊ต", "95", "2"),
                try Samples.line("Croissant อัลมอนด์", "1285.50"),
                try Samples.describedLine("แซลมอนสด", "นำเข้าจากนอร์เวย์", "890", "0.455", unit: "KGM"),
                try Samples.line("น้ำดื่มตราสิงห์ 600 มล. แพ็ก 12", "55.00", "3"), try Samples.line("ส่วนลดสมาชิก", "-50"),
            ], terminal: "POS-01",
            receipt: try Samples.receipt(
                "0001234", cashier: "สมหญิง", paid: "2000", change: "5", rounding: "-0.45", notes: ["โต๊ะ 12"]))
    }

    /// Texts as they come out of web pages, spreadsheets and tills with fields of several lines.
    private func lines() throws -> Sale {
        try Samples.sale(
            [
                try Samples.describedLine("ข้าวผัด\nหมูกรอบ", "ไม่เผ็ด\r\nแยกน้ำจิ้ม\r\nไม่ใส่กระเทียม", "10"),
                try Samples.line("\u{FEFF}น็อตหกเหลี่ยม DIN 934 ‐ M2 ‐ 8", "10"),
                try Samples.line("แชม\u{AD}พู\u{AD}สมุน\u{AD}ไพร 450ml", "10"),
                try Samples.line("   เว้นหน้า \t กลาง   ท้าย   ", "10"),
                try Samples.line("ราคา \u{202E}50.21\u{202C} บาท", "10"),
            ],
            receipt: try Samples.receipt(
                "A06", cashier: "สม\nชาย", notes: ["บรรทัดหนึ่ง\nบรรทัดสอง", "Wifi: shop\r\n\r\nPass: 1234"]))
    }

    /// The sale with this document, in a name as long as a company's, or a person's for a receipt.
    private func sold(_ type: DocumentType, _ sale: Sale) throws -> Sale {
        let buyer = type == .receipt ? try Samples.citizen() : try Samples.company()
        return Samples.sale(type, of: type.namesBuyer ? buyer : nil, like: sale)
    }

    /// One that got another buyer after its paper was out.
    private func changed() throws -> Sale {
        var sale = try sold(.taxInvoice, try Samples.sale(Samples.exampleLines(), receipt: Samples.payment()))
        sale.isChanged = true
        return sale
    }

    /// Sold to a company that has not paid yet.
    private func bill(_ sale: Sale) throws -> Sale {
        var sale = try sold(.taxInvoice, sale)
        sale.dueOn = BangkokDay("2026-12-20")
        return sale
    }

    private func paper(_ name: String, width: Int) throws -> (ReceiptDocument, Claim) {
        let mixed = try Samples.sale(Samples.exampleLines(), terminal: "POS-01", receipt: Samples.payment())
        let net = try Samples.sale(Samples.exampleLines(), vatIncluded: false, receipt: Samples.payment())
        let exempt = try Samples.sale([try Samples.line("ข้าวสาร", "220", vatable: false)], receipt: Samples.payment())
        let (plain, branch) = (
            try Samples.store(), try Samples.store(branch: "00001", logo: Samples.logo(maximumWidth: width * 2 / 3))
        )
        let url = Claim.page(Samples.url(ofLength: 140), offers: .fullInvoice)
        let shown = Claim.page(Samples.shownURL, offers: .document)
        let owed = try bill(Samples.sale(Samples.exampleLines(), receipt: Samples.receipt("0001234", cashier: "สมหญิง")))
        func style(_ language: ReceiptStyle.Language, isSandbox: Bool = false) -> ReceiptStyle {
            ReceiptStyle(language: language, footer: ["ขอบคุณที่ใช้บริการ"], isSandbox: isSandbox)
        }
        return switch name {
        case "original":
            (
                ReceiptDocument(
                    sale: try shopping(), store: branch, registerID: "E012300001234", style: style(.thai)), url
            )
        case "original-en": (ReceiptDocument(sale: try shopping(), store: plain, style: style(.english)), url)
        case "mixed-copy":
            (ReceiptDocument(sale: mixed, store: plain, style: style(.both), mark: .copy(number: 2)), url)
        case "lines":
            (ReceiptDocument(sale: try lines(), store: plain, style: style(.thai)), .later)
        case "too-long": (ReceiptDocument(sale: mixed, store: plain, style: style(.both)), .tooLong)
        case "net-later": (ReceiptDocument(sale: net, store: plain, style: style(.both)), .later)
        case "reprint": (ReceiptDocument(sale: mixed, store: plain, style: style(.thai), mark: .reprint), .later)
        case "exempt": (ReceiptDocument(sale: exempt, store: plain, style: style(.thai)), url)
        case "buyer":
            (ReceiptDocument(sale: try sold(.taxInvoice, try shopping()), store: plain, style: style(.thai)), url)
        case "buyer-later":
            (ReceiptDocument(sale: try sold(.taxInvoice, mixed), store: plain, style: style(.both)), .later)
        case "buyer-refused":
            (ReceiptDocument(sale: try sold(.taxInvoice, mixed), store: plain, style: style(.english)), .refused)
        case "buyer-changed":
            (ReceiptDocument(sale: try changed(), store: plain, style: style(.both), mark: .copy(number: 1)), url)
        case "buyer-receipt":
            (ReceiptDocument(sale: try sold(.receipt, exempt), store: plain, style: style(.both)), url)
        case "abbreviated":
            (ReceiptDocument(sale: try sold(.abbreviatedTaxInvoice, mixed), store: plain, style: style(.both)), url)
        case "shown": (ReceiptDocument(sale: try shopping(), store: plain, style: style(.thai)), shown)
        case "shown-en": (ReceiptDocument(sale: mixed, store: plain, style: style(.english)), shown)
        case "shown-exempt": (ReceiptDocument(sale: exempt, store: plain, style: style(.both)), shown)
        case "bill": (ReceiptDocument(sale: owed, store: plain, style: style(.thai)), shown)
        case "bill-en": (ReceiptDocument(sale: owed, store: plain, style: style(.english)), .later)
        default: (ReceiptDocument(sale: mixed, store: plain, style: style(.english, isSandbox: true)), .none)
        }
    }

    @Test(
        "receipts are what they were when a person looked at them",
        arguments: [
            (576, "original"), (576, "mixed-copy"), (576, "reprint"), (576, "exempt"), (512, "original-en"),
            (512, "net-later"), (384, "original"), (384, "mixed-copy"), (384, "net-later"), (384, "sandbox"),
            (384, "too-long"),
            (384, "lines"), (576, "buyer"), (384, "buyer"), (576, "buyer-later"), (384, "buyer-later"),
            (576, "buyer-refused"), (384, "buyer-refused"), (576, "buyer-changed"), (384, "buyer-changed"),
            (576, "buyer-receipt"), (384, "buyer-receipt"), (576, "abbreviated"), (384, "abbreviated"),
            (576, "shown"), (384, "shown"), (576, "shown-en"), (384, "shown-en"), (384, "shown-exempt"), (576, "bill"),
            (384, "bill"), (576, "bill-en"), (384, "bill-en"),
        ])
    func receipts(width: Int, name: String) async throws {
        guard try Golden.isComparable() else { return }
        let (document, claim) = try paper(name, width: width)
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        try Golden.compare(try await typesetter.paper(for: document, claim: claim), "\(name)-\(width)")
    }

    @Test(
        "QR slips are what they were when a person looked at them",
        arguments: [(576, ReceiptStyle.Language.thai), (384, .both)])
    func slips(width: Int, language: ReceiptStyle.Language) async throws {
        guard try Golden.isComparable() else { return }
        let slip = ReceiptDocument.qrSlip(
            sale: try shopping(), store: try Samples.store(), style: ReceiptStyle(language: language),
            url: Samples.url(ofLength: 140), offers: .fullInvoice)
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        try Golden.compare(try await typesetter.set(slip), "slip-\(width)")
    }

    @Test("so is the QR slip of a sale with a buyer", arguments: [(576, ReceiptStyle.Language.thai), (384, .both)])
    func buyerSlip(width: Int, language: ReceiptStyle.Language) async throws {
        guard try Golden.isComparable() else { return }
        let slip = ReceiptDocument.qrSlip(
            sale: try sold(.taxInvoice, try shopping()), store: try Samples.store(),
            style: ReceiptStyle(language: language), url: Samples.url(ofLength: 140), offers: .fullInvoice)
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        try Golden.compare(try await typesetter.set(slip), "buyer-slip-\(width)")
    }

    @Test(
        "so is the QR slip for a page that only shows the document, and that for a bill",
        arguments: [(576, ReceiptStyle.Language.thai), (384, .english)], [false, true])
    func shownSlip(_ style: (width: Int, language: ReceiptStyle.Language), isBill: Bool) async throws {
        guard try Golden.isComparable() else { return }
        let sale = try shopping()
        let slip = ReceiptDocument.qrSlip(
            sale: isBill ? try bill(sale) : sale, store: try Samples.store(),
            style: ReceiptStyle(language: style.language), url: Samples.shownURL, offers: .document)
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: style.width)
        try Golden.compare(try await typesetter.set(slip), "\(isBill ? "bill" : "shown")-slip-\(style.width)")
    }
}
