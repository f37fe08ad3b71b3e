import Foundation
import Sales
import Testing

@testable import Receipts

@Suite struct ReceiptDocumentTests {
    @Test("net prices lead from the lines to a total that includes VAT, which is said there only")
    func vatExcluded() throws {
        let sale = try Samples.sale(Samples.exampleLines(), vatIncluded: false)
        let lines = Samples.lines(ReceiptDocument(sale: sale, store: try Samples.store()).body)
        let start = try #require(lines.firstIndex(of: "ข้าวโพดปิ้ง | 120.00V"))
        #expect(
            lines[start...] == [
                "ข้าวโพดปิ้ง | 120.00V", "8 × 15.00", "ไข่ต้ม | 60.00V", "10 × 6.00", "ข้าวสาร | 220.00E",
                "มูลค่าก่อนภาษี | 180.00", "ภาษีมูลค่าเพิ่ม 7% | 12.60", "มูลค่ารวมภาษี | 192.60V",
                "มูลค่ายกเว้นภาษี | 220.00E", "รวมทั้งสิ้น | 412.60", "ราคารวมภาษีมูลค่าเพิ่มแล้ว (VAT INCLUDED)",
            ])
    }

    @Test("prices with VAT are said to include it right below the lines") func vatIncluded() throws {
        let sale = try Samples.sale([try Samples.line("ข้าวโพดปิ้ง", "15", "8")])
        let lines = Samples.lines(ReceiptDocument(sale: sale, store: try Samples.store()).body)
        let start = try #require(lines.firstIndex(of: "ข้าวโพดปิ้ง | 120.00"))
        #expect(
            lines[start...] == [
                "ข้าวโพดปิ้ง | 120.00", "8 × 15.00", "ราคารวมภาษีมูลค่าเพิ่มแล้ว (VAT INCLUDED)", "รวมทั้งสิ้น | 120.00",
                "มูลค่าก่อนภาษี | 112.15", "ภาษีมูลค่าเพิ่ม 7% | 7.85",
            ])
    }

    @Test("vatable, exempt, net and VAT stand apart on a mixed paper") func mixed() throws {
        let sale = try Samples.sale(Samples.exampleLines())
        let lines = Samples.lines(ReceiptDocument(sale: sale, store: try Samples.store()).body)
        #expect(
            lines.suffix(6) == [
                "ราคารวมภาษีมูลค่าเพิ่มแล้ว (VAT INCLUDED)", "รวมทั้งสิ้น | 400.00", "มูลค่ารวมภาษี | 180.00V",
                "มูลค่ายกเว้นภาษี | 220.00E", "มูลค่าก่อนภาษี | 168.22", "ภาษีมูลค่าเพิ่ม 7% | 11.78",
            ])
    }

    @Test("a sale with nothing vatable is a receipt and says nothing of VAT or of a tax invoice")
    func exemptOnly() throws {
        let sale = try Samples.sale([try Samples.line("ข้าวสาร", "220", vatable: false)])
        let document = ReceiptDocument(sale: sale, store: try Samples.store())
        let lines = Samples.lines(
            document.body + document.claim(.page("https://a.example/1", offers: .fullInvoice)) + document.claim(.later))
        #expect(lines.contains("ใบเสร็จรับเงิน"))
        #expect(lines.contains("ข้าวสาร | 220.00"))
        #expect(!lines.contains { $0.contains("ใบกำกับภาษี") || $0.contains("ภาษีมูลค่าเพิ่ม") })
    }

    @Test("the heading names the paper, the seller, the sale, and where and when it was made") func heading() throws {
        let sale = try Samples.sale(
            Samples.exampleLines(), terminal: "POS-01", receipt: Samples.receipt("0001234", cashier: "สมหญิง"))
        let document = ReceiptDocument(
            sale: sale, store: try Samples.store(branch: "00001"), registerID: "E012300001234",
            style: ReceiptStyle(header: ["เปิดทุกวัน"]))
        let lines = Samples.lines(document.heading)
        #expect(
            lines == [
                "ร้านตัวอย่าง", "99 ถนนสุขุมวิท", "กรุงเทพมหานคร 10110", "โทร. 02-000-0000", "เปิดทุกวัน",
                "เลขประจำตัวผู้เสียภาษี 0105561000003", "สาขาที่ 00001", "เลขรหัสประจำเครื่อง E012300001234",
                "ใบกำกับภาษีอย่างย่อ", "เลขที่ 0001234 | 20/11/2569 10:15", "พนักงาน สมหญิง | เครื่อง POS-01",
            ])
    }

    @Test("without a number of its own the paper bears the transaction's, and branch 00000 is the head office")
    func defaults() throws {
        let lines = Samples.lines(
            ReceiptDocument(sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store()).heading)
        #expect(lines.contains("เลขที่ TEST-ES-0002 | 20/11/2569 10:15"))
        #expect(lines.contains("สำนักงานใหญ่"))
        #expect(!lines.contains { $0.contains("พนักงาน") || $0.contains("เครื่อง") })
    }

    @Test("the words that the law asks for are Thai in each language", arguments: ReceiptStyle.Language.allCases)
    func statutoryWords(language: ReceiptStyle.Language) throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store(),
            style: ReceiptStyle(language: language, isSandbox: true), mark: .copy(number: 2))
        let lines = Samples.lines(document.body)
        for words in ["ตัวอย่าง ไม่ใช่ใบกำกับภาษี", "ใบกำกับภาษีอย่างย่อ", "ราคารวมภาษีมูลค่าเพิ่มแล้ว (VAT INCLUDED)", "สำเนา / COPY 2"] {
            #expect(lines.contains(words))
        }
        #expect(lines.contains { $0.hasPrefix("เลขประจำตัวผู้เสียภาษี") && $0.hasSuffix("0105561000003") })
        #expect(lines.contains { $0.hasPrefix("สำนักงานใหญ่") })
    }

    @Test(
        "the other words follow the language",
        arguments: zip(
            ReceiptStyle.Language.allCases, ["รวมทั้งสิ้น | 400.00", "Total | 400.00", "รวมทั้งสิ้น / Total | 400.00"]))
    func languages(language: ReceiptStyle.Language, total: String) throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store(),
            style: ReceiptStyle(language: language))
        #expect(Samples.lines(document.body).contains(total))
    }

    @Test("years are counted as the shop counts them") func era() throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store(),
            style: ReceiptStyle(era: .common))
        #expect(Samples.lines(document.heading).contains("เลขที่ TEST-ES-0002 | 20/11/2026 10:15"))
    }

    @Test(
        "only what is not the original is marked",
        arguments: [
            (PaperMark.none, [String]()), (.copy(number: 3), ["สำเนา / COPY 3"]), (.reprint, ["พิมพ์ซ้ำ / REPRINT"]),
        ])
    func marks(mark: PaperMark, expected: [String]) throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store(), mark: mark)
        let banners = document.body.flatMap { block in
            if case .banner(let lines, .boxed) = block { lines } else { [String]() }
        }
        #expect(banners == expected)
    }

    @Test("every paper of a sandbox is headed so, and no other is") func sandbox() throws {
        let (sale, store) = (try Samples.sale(Samples.exampleLines()), try Samples.store())
        for isSandbox in [true, false] {
            let style = ReceiptStyle(isSandbox: isSandbox)
            let receipt = ReceiptDocument(sale: sale, store: store, style: style).body
            let slip = ReceiptDocument.qrSlip(
                sale: sale, store: store, style: style, url: "https://a.example/1", offers: .fullInvoice)
            for blocks in [receipt, slip] {
                #expect((Samples.lines(blocks).first == "ตัวอย่าง ไม่ใช่ใบกำกับภาษี") == isSandbox)
            }
        }
    }

    @Test("rounding, payments, change and notes are printed as given, and a rounding of nothing is not")
    func payments() throws {
        var details = try Samples.receipt(nil, change: "80", rounding: "-0.2500", notes: ["โต๊ะ 12"])
        details.payments = [
            Payment(method: "cash", amount: try Samples.number("1000")),
            Payment(method: "Café card", amount: try Samples.number("2000.5")),
        ]
        let document = ReceiptDocument(
            sale: try Samples.sale([try Samples.line("ก", "5")], receipt: details), store: try Samples.store())
        let lines = Samples.lines(document.body)
        let start = try #require(lines.firstIndex(of: "ปัดเศษ | -0.25"))
        #expect(lines[(start + 1)...].prefix(3) == ["เงินสด | 1,000.00", "Café card | 2,000.50", "เงินทอน | 80.00"])
        #expect(lines.last == "โต๊ะ 12")
        let without = try Samples.receipt(nil, rounding: "0.00")
        let other = ReceiptDocument(
            sale: try Samples.sale([try Samples.line("ก", "5")], receipt: without), store: try Samples.store())
        #expect(!Samples.lines(other.body).contains { $0.contains("ปัดเศษ") })
    }

    @Test(
        "a line says how its amount comes about where that is not plain",
        arguments: [
            ("15", "1", nil, []), ("15", "1.000", nil, []), ("15.00", "8.000", nil, ["8 × 15.00"]),
            ("890", "0.4550", "KGM", ["0.455 กก. × 890.00"]), ("0.1250", "2000", "C62", ["2,000 × 0.125"]),
            ("-5", "2", "XYZ", ["2 XYZ × -5.00"]),
        ] as [(String, String, String?, [String])])
    func details(price: String, quantity: String, unit: String?, expected: [String]) throws {
        let sale = try Samples.sale([
            try Samples.line("ก", price, quantity, unit: unit), try Samples.line("ข", "1000"),
        ])
        let document = ReceiptDocument(sale: sale, store: try Samples.store())
        let rows = document.body.compactMap { block in if case .amount(let row) = block { row } else { nil } }
        #expect(rows.first?.details == expected)
    }

    @Test("the claim has a QR only when there is a link, and else names the receipt's number") func claims() throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines(), receipt: Samples.receipt("0001234")),
            store: try Samples.store())
        #expect(document.claim(.none) == [])
        let link = document.claim(.page("https://a.example/1", offers: .fullInvoice))
        #expect(link.contains(.qr("https://a.example/1")))
        #expect(Samples.lines(link).contains { $0.contains("ใบกำกับภาษีเต็มรูป") })
        let later = document.claim(.later)
        #expect(Samples.lines(later).contains("0001234"))
        #expect(!Samples.lines(later).contains { $0.hasPrefix("QR") })
    }

    @Test("a QR slip says that it is no tax invoice, and which receipt it belongs to") func slip() throws {
        let sale = try Samples.sale(
            Samples.exampleLines(), vatIncluded: false, receipt: Samples.receipt("0001234"))
        let blocks = ReceiptDocument.qrSlip(
            sale: sale, store: try Samples.store(), style: ReceiptStyle(), url: "https://a.example/1",
            offers: .fullInvoice)
        #expect(blocks.first == .text("ไม่ใช่ใบกำกับภาษี", .title, .center))
        let lines = Samples.lines(blocks)
        #expect(lines.contains("สำหรับใบเสร็จเลขที่ 0001234 | 20/11/2569 10:15"))
        #expect(lines.contains("รวมทั้งสิ้น | 412.60"))
        #expect(lines.contains("QR https://a.example/1"))
        #expect(!lines.contains("ใบกำกับภาษีอย่างย่อ"))
    }

    @Test("the footer is the tail") func tail() throws {
        let sale = try Samples.sale(Samples.exampleLines())
        let document = ReceiptDocument(
            sale: sale, store: try Samples.store(), style: ReceiptStyle(footer: ["ขอบคุณ", "โชคดี"]))
        #expect(Samples.lines(document.tail) == ["ขอบคุณ", "โชคดี"])
        #expect(ReceiptDocument(sale: sale, store: try Samples.store()).tail == [])
    }
}
