import Sales
import Testing

@testable import Receipts

@Suite struct BuyerDocumentTests {
    private static let abbreviated = "ใบกำกับภาษีอย่างย่อ"
    private static let claims: [Claim] = [
        .page("https://a.example/1", offers: .fullInvoice), .later, .refused, .tooLong, .none,
    ]

    private func document(
        _ type: DocumentType, of buyer: Buyer? = nil, language: ReceiptStyle.Language = .thai, mark: PaperMark = .none,
        vatable: Bool = true
    ) throws -> ReceiptDocument {
        let sale = try Samples.sale(
            [try Samples.line("ข้าว", "107", vatable: vatable)], receipt: Samples.receipt("0001234"))
        return ReceiptDocument(
            sale: Samples.sale(type, of: buyer, like: sale), store: try Samples.store(),
            style: ReceiptStyle(language: language), mark: mark)
    }

    @Test(
        "the paper of a full tax invoice is a receipt that says whose it is, and never an abbreviated tax invoice",
        arguments: ReceiptStyle.Language.allCases, [PaperMark.none, .copy(number: 1), .reprint])
    func taxInvoice(language: ReceiptStyle.Language, mark: PaperMark) throws {
        let document = try document(
            .taxInvoice, of: Samples.company(named: "บริษัท ก จำกัด"), language: language, mark: mark)
        let body = Samples.lines(document.body)
        #expect(body.contains("ใบเสร็จรับเงิน"))
        #expect(body.contains("บริษัท ก จำกัด"))
        let numbers = body.filter { $0.hasPrefix("เลขประจำตัวผู้เสียภาษี") }
        #expect(numbers.filter { $0.hasSuffix("0105561000003") }.count == 2)
        #expect(body.contains { $0.hasPrefix("สาขาที่") && $0.hasSuffix("00001") })
        #expect(body.contains("ใบกำกับภาษีเต็มรูปอิเล็กทรอนิกส์ออกในนาม") == (language != .english))
        #expect(body.contains("The electronic full tax invoice is made out to") == (language != .thai))
        let slip = ReceiptDocument.qrSlip(
            sale: document.sale, store: document.store, style: document.style, url: "https://a.example/1",
            offers: .fullInvoice)
        for blocks in [document.body, document.tail, slip] + Self.claims.map(document.claim) {
            #expect(!Samples.lines(blocks).contains { $0.contains(Self.abbreviated) || $0.contains("Abbreviated") })
        }
    }

    @Test("the VAT in the price stands on it all the same")
    func vat() throws {
        let found = Samples.lines(try document(.taxInvoice, of: Samples.company()).body)
        #expect(found.contains("ภาษีมูลค่าเพิ่ม 7% | 7.00"))
        #expect(found.contains("ราคารวมภาษีมูลค่าเพิ่มแล้ว (VAT INCLUDED)"))
    }

    @Test("the head office and a company without a branch are named as such")
    func branches() throws {
        let id = try #require(TaxID("0105561000003"))
        for (branch, line) in [
            (BranchID("00000"), "สำนักงานใหญ่"), (BranchID("00012"), "สาขาที่ 00012"), (nil, nil),
        ] as [(BranchID?, String?)] {
            let buyer = Buyer(
                name: "ผู้ซื้อ", identity: .taxID(id, branch: branch), address: try Samples.company().address)
            let found = Samples.lines(try document(.taxInvoice, of: buyer).body)
            let place = try #require(found.firstIndex(of: "ผู้ซื้อ"))
            var below = ["เลขประจำตัวผู้เสียภาษี 0105561000003"]
            if let line { below.append(line) }
            below.append("ข้าว | 107.00")
            #expect(Array(found[(place + 1)...].prefix(below.count)) == below)
        }
    }

    @Test("of a person's own number the paper shows the end")
    func ownNumbers() throws {
        let passport = try #require(PassportNumber("1234567890123"))
        for (identity, line) in [
            (BuyerIdentity.nationalID(try #require(TaxID("1234567851231"))), "เลขประจำตัวประชาชน xxxxxxxxx1231"),
            (.passport(passport), "หนังสือเดินทาง xxxxxxxxx0123"),
        ] {
            let buyer = Buyer(name: "ก", identity: identity, address: try Samples.company().address)
            #expect(Samples.lines(try document(.taxInvoice, of: buyer).body).contains(line))
        }
    }

    @Test("a receipt for a sale without VAT says so of the electronic one, and nothing of tax invoices or exemptions")
    func receipt() throws {
        let document = try document(.receipt, of: Samples.citizen(), vatable: false)
        for blocks in [document.body] + Self.claims.map(document.claim) {
            #expect(!Samples.lines(blocks).contains { $0.contains("ใบกำกับภาษี") || $0.contains("ภาษีมูลค่าเพิ่ม") })
        }
        let found = Samples.lines(document.body)
        #expect(found.contains("ใบเสร็จรับเงิน") && found.contains("ใบเสร็จรับเงินอิเล็กทรอนิกส์ออกในนาม"))
        #expect(!found.contains { $0.contains("ยกเว้น") })
    }

    @Test(
        "where the abbreviated tax invoice is electronic, the paper is a receipt, and says which of the two is the invoice"
    )
    func electronicAbbreviated() throws {
        let document = try document(.abbreviatedTaxInvoice)
        let found = Samples.lines(document.body)
        #expect(found.contains("ใบเสร็จรับเงิน") && !found.contains(Self.abbreviated))
        #expect(found.contains { $0.hasPrefix(Self.abbreviated) && $0.hasSuffix("ใบเสร็จนี้ไม่ใช่ใบกำกับภาษี") })
        let exempt = Samples.lines(try self.document(.abbreviatedTaxInvoice, vatable: false).body)
        #expect(!exempt.contains { $0.contains("ใบกำกับภาษี") })
    }

    @Test(
        "without a QR the paper says whether the document is on its way or was refused, and names the receipt's number",
        arguments: [DocumentType.taxInvoice, .receipt, .abbreviatedTaxInvoice])
    func withoutLink(type: DocumentType) throws {
        let document = try document(type, of: type.namesBuyer ? Samples.company() : nil, language: .english)
        let (later, refused) = (Samples.lines(document.claim(.later)), Samples.lines(document.claim(.refused)))
        #expect(later.first?.contains("is on its way") == true)
        #expect(refused.first?.contains("cannot be made yet") == true)
        #expect(later.last == "0001234" && refused.last == "0001234")
        let link = Samples.lines(document.claim(.page("https://a.example/1", offers: .fullInvoice)))
        #expect(link.contains("QR https://a.example/1"))
        #expect(link.last?.hasPrefix("Not there yet?") == true)
    }

    @Test("on the paper of a stub nothing changes: a refusal sends the customer to the shop, as no link does")
    func stub() throws {
        let document = try document(.taxInvoiceStub)
        #expect(document.claim(.refused) == document.claim(.later))
        #expect(Samples.lines(document.body).contains(Self.abbreviated))
    }

    @Test("a copy of a sale that got another buyer says that it replaces the first paper", arguments: [true, false])
    func changed(isChanged: Bool) throws {
        for (mark, isMarked) in [(PaperMark.none, false), (.copy(number: 1), true), (.reprint, true)] {
            var sale = try document(.taxInvoice, of: Samples.company()).sale
            sale.isChanged = isChanged
            let found = Samples.lines(ReceiptDocument(sale: sale, store: try Samples.store(), mark: mark).body)
            #expect(found.contains("ใช้แทนใบเสร็จรับเงินที่พิมพ์ก่อนหน้า") == (isChanged && isMarked))
        }
    }

    @Test("a buyer's name keeps to one line of text, whatever is in it")
    func hostileNames() throws {
        for name in Samples.hostileNames {
            let body = try document(.taxInvoice, of: Samples.company(named: name)).body
            #expect(body.contains(.text(PaperText.line(name), .strong, .left)))
        }
    }
}
