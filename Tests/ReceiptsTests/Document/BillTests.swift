import Sales
import Testing

@testable import Receipts

/// Papers of sales on credit.
@Suite struct BillTests {
    private func document(
        language: ReceiptStyle.Language = .thai, era: ReceiptStyle.Era = .buddhist, mark: PaperMark = .none
    ) throws -> ReceiptDocument {
        let sale = try Samples.sale([try Samples.line("ข้าว", "107")], receipt: Samples.receipt("0001234"))
        var owed = Samples.sale(.taxInvoice, of: try Samples.company(named: "บริษัท ก จำกัด"), like: sale)
        owed.dueOn = BangkokDay("2026-12-20")
        return ReceiptDocument(
            sale: owed, store: try Samples.store(), style: ReceiptStyle(language: language, era: era), mark: mark)
    }

    @Test(
        "a bill is headed as one, says when it is due and whose it is, and is neither receipt nor tax invoice",
        arguments: ReceiptStyle.Language.allCases)
    func body(language: ReceiptStyle.Language) throws {
        let document = try document(language: language)
        #expect(document.body.contains(.text("ใบแจ้งหนี้", .title, .center)))
        let lines = Samples.lines(document.body)
        #expect(lines.contains { $0.hasSuffix(" | 20/12/2569") })
        #expect(lines.contains("ครบกำหนดชำระ | 20/12/2569") == (language == .thai))
        #expect(lines.contains("Due | 20/12/2569") == (language == .english))
        #expect(lines.contains("บริษัท ก จำกัด"))
        #expect(lines.contains("ใบแจ้งหนี้อิเล็กทรอนิกส์ออกในนาม") == (language != .english))
        let claims: [Claim] = [
            .page("https://a.example/1", offers: .document), .later, .refused, .withdrawn, .tooLong, .none,
        ]
        let slip = ReceiptDocument.qrSlip(
            sale: document.sale, store: document.store, style: document.style, url: "https://a.example/1",
            offers: .document)
        for blocks in [document.body] + claims.map(document.claim) + [Array(slip.dropFirst(2))] {
            for line in Samples.lines(blocks) {
                #expect(!line.contains("ใบเสร็จ") && !line.contains("eceipt"), "\(line)")
                #expect(!line.contains("ใบกำกับภาษี") && !line.contains("ax invoice"), "\(line)")
            }
        }
    }

    @Test("what was taken back is promised by no paper, and stands there as made out to nobody")
    func withdrawn() throws {
        let made = try document()
        let document = ReceiptDocument(sale: made.sale, store: made.store, style: made.style, isWithdrawn: true)
        let lines = Samples.lines(document.body)
        #expect(lines.contains("บริษัท ก จำกัด") && !lines.contains("ใบแจ้งหนี้อิเล็กทรอนิกส์ออกในนาม"))
        #expect(Samples.lines(document.claim(.withdrawn)) == ["เอกสารอิเล็กทรอนิกส์ของรายการนี้ถูกยกเลิกแล้ว"])
    }

    @Test("the day is counted as the shop counts its years")
    func era() throws {
        #expect(Samples.lines(try document(era: .common).body).contains("ครบกำหนดชำระ | 20/12/2026"))
    }

    @Test("its code leads to the bill; without one the shop has it")
    func claim() throws {
        let document = try document()
        #expect(
            Samples.lines(document.claim(.page("https://a.example/1", offers: .document))) == [
                "ใบแจ้งหนี้ของท่าน", "QR https://a.example/1", "สแกนเพื่อดูใบแจ้งหนี้อิเล็กทรอนิกส์",
            ])
        #expect(
            Samples.lines(document.claim(.later)) == [
                "ใบแจ้งหนี้อิเล็กทรอนิกส์กำลังจัดทำ ขอรับได้ที่ร้าน โดยแจ้งเลขที่", "0001234",
            ])
        #expect(Samples.lines(document.claim(.refused)).first?.hasPrefix("ยังออกใบแจ้งหนี้อิเล็กทรอนิกส์ไม่ได้") == true)
    }

    @Test("a copy after a change of buyer replaces a bill")
    func changed() throws {
        var sale = try document().sale
        sale.isChanged = true
        let copy = ReceiptDocument(sale: sale, store: try Samples.store(), mark: .copy(number: 1))
        #expect(Samples.lines(copy.body).contains("ใช้แทนใบแจ้งหนี้ที่พิมพ์ก่อนหน้า"))
    }
}
