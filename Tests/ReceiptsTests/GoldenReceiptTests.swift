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

    private func paper(_ name: String, width: Int) throws -> (ReceiptDocument, Claim) {
        let mixed = try Samples.sale(Samples.exampleLines(), terminal: "POS-01", receipt: Samples.payment())
        let net = try Samples.sale(Samples.exampleLines(), vatIncluded: false, receipt: Samples.payment())
        let exempt = try Samples.sale([try Samples.line("ข้าวสาร", "220", vatable: false)], receipt: Samples.payment())
        let (plain, branch) = (
            try Samples.store(), try Samples.store(branch: "00001", logo: Samples.logo(maximumWidth: width * 2 / 3))
        )
        let url = Claim.url(Samples.url(ofLength: 140))
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
        default: (ReceiptDocument(sale: mixed, store: plain, style: style(.english, isSandbox: true)), .none)
        }
    }

    @Test(
        "receipts are what they were when a person looked at them",
        arguments: [
            (576, "original"), (576, "mixed-copy"), (576, "reprint"), (576, "exempt"), (512, "original-en"),
            (512, "net-later"), (384, "original"), (384, "mixed-copy"), (384, "net-later"), (384, "sandbox"),
            (384, "too-long"),
            (384, "lines"),
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
            url: Samples.url(ofLength: 140))
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        try Golden.compare(try await typesetter.set(slip), "slip-\(width)")
    }
}
