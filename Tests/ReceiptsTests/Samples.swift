import Foundation
import Sales
import Testing

@testable import Receipts

/// Sales and shops to print.
enum Samples {
    static func number(_ text: String) throws -> DecimalNumber {
        try #require(DecimalNumber(text))
    }

    static func line(
        _ name: String, _ price: String, _ quantity: String = "1", unit: String? = nil, vatable: Bool = true
    ) throws -> LineItem {
        LineItem(
            name: name, unitPrice: try number(price), quantity: try number(quantity), unitCode: unit, vatable: vatable)
    }

    /// 20 November 2026, 10:15 in Bangkok.
    static let morning = Date(timeIntervalSince1970: 1_795_144_500)

    static func sale(
        _ lines: [LineItem], vatIncluded: Bool = true, at date: Date = morning, terminal: String? = nil,
        receipt: ReceiptDetails = ReceiptDetails()
    ) throws -> Sale {
        let terms = SaleTerms(vatIncluded: vatIncluded, vatRate: try number("0.07"))
        return Sale(
            id: try #require(TransactionID("TEST-ES-0002")), issuedAt: date, lines: lines, terms: terms,
            terminalID: terminal, receipt: receipt, totals: try #require(Totals(of: lines, under: terms)))
    }

    /// The lines of the provider's own example.
    static func exampleLines() throws -> [LineItem] {
        [
            try line("ข้าวโพดปิ้ง", "15", "8"), try line("ไข่ต้ม", "6", "10"),
            try line("ข้าวสาร", "220", vatable: false),
        ]
    }

    static func store(branch: String = "00000") throws -> StoreIdentity {
        StoreIdentity(
            name: "ร้านตัวอย่าง", taxID: try #require(TaxID("0105561000003")), branchID: try #require(BranchID(branch)),
            address: ["99 ถนนสุขุมวิท", "กรุงเทพมหานคร 10110"], phone: "02-000-0000")
    }

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
