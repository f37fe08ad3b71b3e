import Foundation
import Raster
import Sales
import Testing

@testable import Receipts

/// Sales and shops to print.
enum Samples {
    /// Names that no shop has, and that some till will send.
    static let hostileNames = [
        String(repeating: "ก", count: 256), String(repeating: "W", count: 256), String(repeating: "ม้า", count: 85),
        "\u{1B}@\u{1D}V\u{0}\u{7}\r\n\t\u{7F}\u{9B}", "\u{10}\u{4}\u{1}\u{10}\u{14}\u{1}\u{0}\u{5}\u{1D}VA\u{3}",
        "abc \u{202E}desrever\u{202C} \u{2066}x\u{2069} \u{200F}",
        "\u{0E49}\u{0E34}\u{0E48}orphan \u{0301}\u{0302}marks", "\u{0E33}\u{0E33}\u{0E33}",
        "z" + String(repeating: "\u{300}\u{0E49}\u{489}", count: 80), "🍜🍣👨‍👩‍👧‍👦 🇹🇭", "中文字 日本語 한국어 العربية עברית",
        "\u{FDFD}\u{FDFD}\u{12031}\u{A9C5}", " ", "\u{200B}",
        "\u{3164}\u{2800}\u{115F}",
        "\u{E0001}\u{E0041}\u{FFF9}a\u{FFFB}",
        "\u{10FFFF}\u{E000}\u{FFFE}",
        "😀" + String(repeating: "\u{FE0F}", count: 90),
    ]

    static func number(_ text: String) throws -> DecimalNumber {
        try #require(DecimalNumber(text))
    }

    static func line(
        _ name: String, _ price: String, _ quantity: String = "1", unit: String? = nil, vatable: Bool = true
    ) throws -> LineItem {
        var line = LineItem(
            name: name, unitPrice: try number(price), quantity: try number(quantity), vatable: vatable)
        line.unitCode = unit
        return line
    }

    /// 20 November 2026, 10:15 in Bangkok.
    static let morning = Date(timeIntervalSince1970: 1_795_144_500)

    static func sale(
        _ lines: [LineItem], vatIncluded: Bool = true, at date: Date = morning, terminal: String? = nil,
        receipt: ReceiptDetails = ReceiptDetails(), rounding: RoundingRule = .line
    ) throws -> Sale {
        let terms = SaleTerms(vatIncluded: vatIncluded, vatRate: try number("0.07"), rounding: rounding)
        var sale = Sale(
            id: try #require(TransactionID("TEST-ES-0002")), issuedAt: date, lines: lines, terms: terms,
            totals: try #require(Totals(of: lines, under: terms)))
        sale.terminalID = terminal
        sale.receipt = receipt
        return sale
    }

    /// The same sale with a document that is made out to a buyer, or made at once.
    static func sale(_ type: DocumentType, of buyer: Buyer?, like sale: Sale) -> Sale {
        var sale = sale
        (sale.documentType, sale.buyer) = (type, buyer)
        return sale
    }

    static func company(named name: String = "บริษัท ตัวอย่างการค้าและบริการ (ประเทศไทย) จำกัด (มหาชน)") throws -> Buyer {
        Buyer(
            name: name, identity: .taxID(try #require(TaxID("0105561000003")), branch: BranchID("00001")),
            address: try address())
    }

    static func citizen() throws -> Buyer {
        Buyer(
            name: "เมธี วัชรีเมาคลีกระโทก", identity: .nationalID(try #require(TaxID("1234567851231"))),
            address: try address())
    }

    private static func address() throws -> BuyerAddress {
        .coded(
            CodedAddress(
                houseNumber: "99/1", tambon: try #require(TambonCode("103301")),
                postCode: try #require(PostCode("10110"))))
    }

    /// The lines of the provider's own example.
    static func exampleLines() throws -> [LineItem] {
        [
            try line("ข้าวโพดปิ้ง", "15", "8"), try line("ไข่ต้ม", "6", "10"),
            try line("ข้าวสาร", "220", vatable: false),
        ]
    }

    static func payment() throws -> ReceiptDetails {
        try receipt("0001234", cashier: "สมหญิง", paid: "500", change: "100", notes: ["โต๊ะ 12"])
    }

    /// What stands on a paper beside what was sold.
    static func receipt(
        _ invoice: String?, cashier: String? = nil, paid: String? = nil, change: String? = nil, rounding: String? = nil,
        notes: [String] = []
    ) throws -> ReceiptDetails {
        var details = ReceiptDetails()
        details.number = invoice
        details.cashier = cashier
        details.payments = try paid.map { [Payment(method: "cash", amount: try number($0))] } ?? []
        details.change = try change.map(number)
        details.rounding = try rounding.map(number)
        details.notes = notes
        return details
    }

    static func describedLine(
        _ name: String, _ description: String, _ price: String, _ quantity: String = "1", unit: String? = nil
    ) throws -> LineItem {
        var line = try line(name, price, quantity, unit: unit)
        line.description = description
        return line
    }

    static func store(branch: String = "00000", logo: Bitmap? = nil) throws -> StoreIdentity {
        StoreIdentity(
            name: "ร้านตัวอย่าง", taxID: try #require(TaxID("0105561000003")), branchID: try #require(BranchID(branch)),
            address: ["99 ถนนสุขุมวิท", "กรุงเทพมหานคร 10110"], phone: "02-000-0000", logo: logo)
    }

    /// A steaming cup in a disc, as a shop might have it.
    static func logo(maximumWidth: Int) throws -> Bitmap {
        let file = Golden.folder.appending(path: "logo.png")
        return try Bitmap.dithered(
            png: Array(Data(contentsOf: file)), maximumWidth: maximumWidth, maximumHeight: 140)
    }

    /// As long as links to documents that can only be looked at.
    static let shownURL = "https://billpouch.billme.co.th/pouch/" + String(repeating: "a1b2c3d4", count: 8)

    static func url(ofLength length: Int) -> String {
        let start = "https://app.thai-document.slime.systems/s/"
        let letters = Array("aB3dE6gH9kLmN0pQrS")
        return start + String((start.count..<length).map { letters[($0 * 7 + $0 / 18) % letters.count] })
    }

    /// Everything that blocks say, a line each.
    static func lines(_ blocks: [Block]) -> [String] {
        blocks.flatMap { block -> [String] in
            switch block {
            case .text(let text, _, _): [text]
            case .columns(let left, let right, _): ["\(left) | \(right)"]
            case .amount(let row): ["\(row.name) | \(row.amount)\(row.sign ?? "")"] + row.details
            case .banner(let lines, _): lines
            case .qr(let text): ["QR \(text)"]
            case .rule, .space, .image: []
            }
        }
    }
}
