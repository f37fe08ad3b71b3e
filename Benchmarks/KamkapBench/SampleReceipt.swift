import Foundation
import JSON
import Receipts
import Sales

/// A receipt to measure with, and its text line by line.
struct SampleReceipt {
    static let url =
        "https://app.thai-document.slime.systems/projects/1234/trading-document-interface/"
        + "TEST-TRANSACTION-0001-0000-00/0123456789abcdef0123456789abcdef"

    let document: ReceiptDocument

    /// A receipt of this many items; every third item is bought more than once and takes a second line.
    init(items: Int) throws {
        let names = ["กาแฟลาเต้เย็น แก้วใหญ่", "น้ำดื่ม 600 มล.", "ข้าวผัดกะเพราหมูสับไข่ดาว", "ครัวซองต์เนยสดอบใหม่ทุกเช้า"]
        let lines = (0..<items).map { index in
            """
            {"name":"\(names[index % names.count])","unit_price":"\(20 + index % 80).50","quantity":"\(index % 3 == 1 ? 2 : 1)",
            "vatable":true}
            """
        }
        let text = """
            {"transaction_id":"BENCH","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[\(lines.joined(separator: ","))]},
            "terminal_id":"POS-01","receipt":{"number":"0001234","cashier":"สมหญิง"}}
            """
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07"), let taxID = TaxID("0105561000003")
        else {
            throw BenchmarkError("the sample store is not valid")
        }
        let defaults = SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line))
        let event = try SaleDecoder(defaults: defaults).decode(Array(text.utf8), receivedAt: Date())
        let store = StoreIdentity(
            name: "ร้านตัวอย่าง", taxID: taxID, branchID: branch, address: ["99 ถนนสุขุมวิท", "กรุงเทพมหานคร 10110"],
            phone: "02-000-0000")
        document = ReceiptDocument(sale: event.sale, store: store)
    }

    /// The text beside the QR code: one at the left and one at the right of each line.
    var lines: [[String]] {
        (document.body + document.claim(.page(Self.url, offers: .fullInvoice)) + document.tail).flatMap {
            block -> [[String]] in
            switch block {
            case .text(let text, _, _): [[text, ""]]
            case .columns(let left, let right, _): [[left, right]]
            case .amount(let row): [[row.name, row.amount]] + row.details.map { [$0, ""] }
            case .banner(let lines, _): lines.map { [$0, ""] }
            case .rule, .space, .image, .qr: []
            }
        }
    }
}
