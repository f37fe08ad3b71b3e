import Foundation
import Raster
import Sales
import Testing

@testable import Receipts

private let widths = [384, 512, 576]

@Suite(.timeLimit(.minutes(1))) struct TypesetterTests {
    @Test("a font that is not installed is named, with the package that has one") func missingFont() {
        let error = #expect(throws: ReceiptError.self) {
            try Typesetter(fontFamily: "No Such Font", widthInDots: 576)
        }
        #expect(error?.code == .fontMissing)
        #expect(error?.message.contains("No Such Font") == true)
        #expect(error?.message.contains("fonts-thai-tlwg") == true)
    }

    @Test("a whole paper is its body, claim and tail below each other", arguments: widths)
    func wholePaper(width: Int) async throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store(),
            style: ReceiptStyle(footer: ["ขอบคุณ"]))
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        let claim = Claim.page(Samples.url(ofLength: 140), offers: .fullInvoice)
        let paper = try await typesetter.paper(for: document, claim: claim)
        var parts = try await typesetter.set(document.body)
        parts.append(try await typesetter.set(document.claim(claim)))
        parts.append(try await typesetter.set(document.tail))
        #expect(paper == parts)
        #expect(paper.width == width)
    }

    @Test("nothing has no height") func nothing() async throws {
        let paper = try await Typesetter(fontFamily: "Loma", widthInDots: 384).set([])
        #expect(paper == Bitmap(width: 384, height: 0))
    }

    @Test("the QR on a receipt is read by an independent reader", arguments: widths, [80, 140, 200])
    func qr(width: Int, length: Int) async throws {
        let url = Samples.url(ofLength: length)
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store(),
            style: ReceiptStyle(language: .both, isSandbox: true), mark: .reprint)
        let paper = try await Typesetter(fontFamily: "Loma", widthInDots: width).paper(
            for: document, claim: .page(url, offers: .fullInvoice))
        #expect(try OutsideReader.zbar(paper) == url)
    }

    @Test("an independent reader of Thai finds what the law asks for", arguments: [384, 576])
    func readable(width: Int) async throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines(), vatIncluded: false), store: try Samples.store())
        let paper = try await Typesetter(fontFamily: "Loma", widthInDots: width).paper(for: document, claim: .none)
        var page = Bitmap(width: width, height: 40)
        page.append(paper)
        page.appendBlankRows(40)
        let text = try OutsideReader.tesseract(page)
        for words in ["กำกับภาษีอย่างย่อ", "0105561000003", "20/11/2569", "412.60", "192.60", "INCLUDED"] {
            #expect(text.contains(words), "read: \(text)")
        }
    }

    @Test(
        "an independent reader finds what is behind the link, and no promise that it does not keep",
        arguments: [384, 576])
    func shown(width: Int) async throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines(), receipt: Samples.receipt("0001234")),
            store: try Samples.store())
        var page = Bitmap(width: width, height: 40)
        page.append(
            try await Typesetter(fontFamily: "Loma", widthInDots: width)
                .paper(for: document, claim: .page(Samples.shownURL, offers: .document)))
        page.appendBlankRows(40)
        #expect(try OutsideReader.zbar(page) == Samples.shownURL)
        let text = try OutsideReader.tesseract(page)
        for words in ["สแกนเพื่อดู", "อิเล็กทรอนิกส์", "ขอใบกำกับภาษีเต็มรูปได้ที่ร้าน", "0001234"] {
            #expect(text.contains(words), "read: \(text)")
        }
        #expect(!text.contains("สแกนเพื่อขอ") && !text.contains("ในนามของท่าน"), "read: \(text)")
    }

    @Test("no name runs off the paper", arguments: widths, Samples.hostileNames) func hostile(width: Int, name: String)
        async throws
    {
        var receipt = try Samples.receipt(name, cashier: name, notes: [name])
        receipt.payments = [Payment(method: name, amount: try Samples.number("-999999999999.999999"))]
        let sale = try Samples.sale(
            [
                try Samples.describedLine(name, name, "99999999.99", "1.5"),
                try Samples.line("ข้าวสาร", "220", vatable: false),
            ], terminal: name, receipt: receipt)
        let store = StoreIdentity(
            name: name, taxID: try Samples.store().taxID, branchID: try Samples.store().branchID, address: [name, ""])
        let document = ReceiptDocument(
            sale: sale, store: store, registerID: name,
            style: ReceiptStyle(language: .both, header: [name], footer: [name], isSandbox: true))
        let paper = try await Typesetter(fontFamily: "Loma", widthInDots: width).paper(for: document, claim: .later)
        // Ink in the outermost column would be ink that was cut off.
        let cut = (0..<paper.height).filter { paper[0, $0] || paper[width - 1, $0] }
        #expect(cut.isEmpty)
        #expect(paper.height < 15_000)
    }

    @Test("no amount touches a name, whatever they are", arguments: widths, Samples.hostileNames)
    func collisions(width: Int, name: String) throws {
        let shaper = try TextShaper(family: "Loma")
        let rows = ["1.00", "-1,234.50", "999,999,999,999.99"].map {
            Block.amount(AmountRow(name: name, details: [name], amount: $0, sign: "V"))
        }
        let total = Block.amount(AmountRow(name: name, amount: "999,999,999,999.99", role: .total))
        let layout = try PaperLayout(rows + [total], on: PaperMetrics(width: width)) { spec throws(ReceiptError) in
            try shaper.layOut(spec).size
        }
        let margin = layout.metrics.margin
        for (index, placement) in layout.placements.enumerated() {
            #expect(placement.frame.x >= margin && placement.frame.right <= width - margin)
            for other in layout.placements[..<index] {
                let areApart =
                    placement.frame.y >= other.frame.bottom || other.frame.y >= placement.frame.bottom
                    || placement.frame.x >= other.frame.right || other.frame.x >= placement.frame.right
                #expect(areApart)
            }
        }
    }

    @Test("a thousand lines are set, the last as well as the first") func thousandLines() async throws {
        let line = try Samples.line("ข้าวโพดปิ้งเนยอบชีสรสหวานกลมกล่อมจากไร่สุวรรณ", "15", "8")
        let sale = try Samples.sale([LineItem](repeating: line, count: 1_000))
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 384)
        let url = Samples.url(ofLength: 140)
        let paper = try await typesetter.paper(
            for: ReceiptDocument(sale: sale, store: try Samples.store()), claim: .page(url, offers: .fullInvoice))
        #expect(paper.height > 60_000)
        let single = try await typesetter.set([.amount(AmountRow(name: "ก", amount: "15.00"))])
        let many = try await typesetter.set(
            [Block](repeating: .amount(AmountRow(name: "ก", amount: "15.00")), count: 1_000))
        for index in 0..<1_000 {
            #expect(many.rows(index * single.height..<(index + 1) * single.height) == single)
        }
        #expect(try OutsideReader.zbar(paper.rows(paper.height - 1_000..<paper.height)) == url)
    }

    @Test("the same blocks are the same paper, on every typesetter at once") func concurrent() async throws {
        let document = ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines()), store: try Samples.store(), mark: .copy(number: 1))
        let expected = try await Typesetter(fontFamily: "Loma", widthInDots: 512).paper(for: document, claim: .later)
        try await withThrowingTaskGroup(of: Bitmap.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 512)
                    _ = try await typesetter.paper(for: document, claim: .later)
                    return try await typesetter.paper(for: document, claim: .later)
                }
            }
            for try await paper in group { #expect(paper == expected) }
        }
    }
}
