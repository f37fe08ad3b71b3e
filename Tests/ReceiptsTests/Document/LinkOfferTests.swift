import JSON
import Sales
import Testing

@testable import Receipts

/// What papers say of the page behind a provider's links.
@Suite struct LinkOfferTests {
    private func document(
        vatable: Bool = true, language: ReceiptStyle.Language = .thai
    ) throws -> ReceiptDocument {
        let sale = try Samples.sale(
            [try Samples.line("ข้าว", "107", vatable: vatable)], receipt: Samples.receipt("0001234"))
        return ReceiptDocument(sale: sale, store: try Samples.store(), style: ReceiptStyle(language: language))
    }

    @Test(
        "a page that only shows the document promises nothing else, and sends whoever wants a full tax invoice to the shop"
    )
    func shown() throws {
        let lines = Samples.lines(try document().claim(.page("https://a.example/1", offers: .document)))
        #expect(
            lines == [
                "ใบเสร็จอิเล็กทรอนิกส์", "QR https://a.example/1", "สแกนเพื่อดูใบเสร็จอิเล็กทรอนิกส์",
                "ขอใบกำกับภาษีเต็มรูปได้ที่ร้าน โดยแจ้งเลขที่", "0001234",
            ])
        let english = Samples.lines(
            try document(language: .english).claim(.page("https://a.example/1", offers: .document)))
        #expect(
            english.prefix(3) == ["Electronic receipt", "QR https://a.example/1", "Scan to see the electronic receipt"])
        #expect(english.last == "0001234")
    }

    @Test("of a sale without VAT there is no tax invoice to ask for")
    func exempt() throws {
        let lines = Samples.lines(
            try document(vatable: false).claim(.page("https://a.example/1", offers: .document)))
        #expect(lines.contains("สแกนเพื่อดูใบเสร็จอิเล็กทรอนิกส์"))
        #expect(lines.contains("ขอเอกสารในนามของท่านได้ที่ร้าน โดยแจ้งเลขที่"))
        #expect(!lines.contains { $0.contains("ใบกำกับภาษี") })
    }

    @Test("a paper in whose place a full tax invoice was made says so, and offers neither that nor a code")
    func replaced() throws {
        #expect(Samples.lines(try document().claim(.replaced)) == ["ออกใบกำกับภาษีเต็มรูปแทนใบนี้แล้ว"])
        #expect(
            Samples.lines(try document(language: .english).claim(.replaced)) == [
                "A full tax invoice was issued in place of this paper"
            ])
    }

    @Test("the QR slip says the same as the receipt")
    func slip() throws {
        let document = try document()
        for offer in [LinkOffer.fullInvoice, .document] {
            let claim = document.claim(.page("https://a.example/1", offers: offer))
            let slip = ReceiptDocument.qrSlip(
                sale: document.sale, store: document.store, style: document.style, url: "https://a.example/1",
                offers: offer)
            #expect(slip.suffix(claim.count - 1) == claim.dropFirst())
        }
    }

    @Test(
        "a document in a buyer's name is the same with either provider", arguments: [DocumentType.taxInvoice, .receipt])
    func buyer(type: DocumentType) throws {
        let sale = Samples.sale(type, of: try Samples.company(), like: try document().sale)
        let document = ReceiptDocument(sale: sale, store: try Samples.store())
        #expect(
            document.claim(.page("https://a.example/1", offers: .document))
                == document.claim(.page("https://a.example/1", offers: .fullInvoice)))
    }

    @Test("a paper goes by the provider of its sale, and promises least of one that nobody knows")
    func maker() throws {
        let store = try Samples.store()
        let maker = try PaperMaker(
            store: store, style: ReceiptStyle(), registers: [:],
            defaults: SaleDefaults(
                branchID: store.branchID, theme: [:],
                terms: SaleTerms(vatIncluded: true, vatRate: try Samples.number("0.07"), rounding: .line)),
            offers: [.slime: .fullInvoice, .billgate: .document], widthInDots: 576)
        let sale = try document().sale
        for (provider, words) in [
            (ServiceName.slime, "สแกนเพื่อขอใบกำกับภาษีเต็มรูปในนามของท่าน"), (.billgate, "สแกนเพื่อดูใบเสร็จอิเล็กทรอนิกส์"),
            (ServiceName(rawValue: "gone"), "สแกนเพื่อดูใบเสร็จอิเล็กทรอนิกส์"),
        ] {
            let link = PaperLink("https://a.example/1", offers: maker.offer(of: provider))
            for kind in [PaperKind.receipt(.copy(number: 1)), .qrSlip] {
                let content = maker.content(of: kind, for: sale, with: link)
                #expect(Samples.lines(content.blocks).contains(words), "\(provider)")
                #expect(content.carriesQR)
            }
        }
    }
}
