import Foundation
import Raster
import Sales
import Testing

@testable import Receipts

@Suite(.timeLimit(.minutes(1))) struct TypesetterPDFTests {
    private func document() throws -> ReceiptDocument {
        ReceiptDocument(
            sale: try Samples.sale(Samples.exampleLines(), receipt: Samples.payment()),
            store: try Samples.store(logo: Samples.logo(maximumWidth: 300)),
            style: ReceiptStyle(language: .both, footer: ["ขอบคุณที่ใช้บริการ"], isSandbox: true),
            mark: .copy(number: 2))
    }

    private func blocks(_ document: ReceiptDocument, _ claim: Claim) -> [Block] {
        document.body + document.claim(claim) + document.tail
    }

    @Test("an independent reader selects every word of the paper") func text() async throws {
        let document = try document()
        let blocks = blocks(document, .later)
        let text = try OutsideReader.pdfText(
            try await Typesetter(fontFamily: "Loma", widthInDots: 576).pdf(blocks))
        for line in Samples.lines(blocks) {
            for part in line.split(separator: " | ") {
                let wanted = part.filter { !$0.isWhitespace }
                // An amount's sign stands apart from it.
                let found = text.contains(wanted) || text.contains(wanted.dropLast())
                #expect(found, "\(part) in \(text)")
            }
        }
    }

    @Test("all fonts are embedded, and the only image is the logo, one bit a dot") func resources() async throws {
        let pdf = try await Typesetter(fontFamily: "Loma", widthInDots: 576).pdf(
            blocks(document(), .page(Samples.url(ofLength: 140), offers: .fullInvoice)))
        let fonts = try OutsideReader.poppler("pdffonts", pdf).split(separator: "\n").dropFirst(2)
        #expect(!fonts.isEmpty)
        for font in fonts {
            #expect(font.contains("Loma"))
            // Columns: embedded, subset, with a table to Unicode.
            #expect(font.contains(" yes yes "), "\(font)")
        }
        let images = try OutsideReader.poppler("pdfimages", pdf, "-list").split(separator: "\n").dropFirst(2)
        #expect(images.count == 1)
        let columns = try #require(images.first).split(separator: " ")
        #expect(columns[2] == "stencil" && columns[7] == "1" && columns[9] == "no", "\(columns)")
    }

    @Test(
        "the page is as wide as the roll and as high as the paper",
        arguments: [(576, 80.0, 32), (384, 58.0, 40), (512, 64.0, 0)])
    func size(width: Int, millimetres: Double, left: Int) async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        let blocks = blocks(try document(), .none)
        let (pdf, paper) = (try await typesetter.pdf(blocks), try await typesetter.set(blocks))
        let line = try #require(
            try OutsideReader.poppler("pdfinfo", pdf).split(separator: "\n").first { $0.hasPrefix("Page size:") })
        let sides = line.split(separator: " ").compactMap { Double($0) }
        try #require(sides.count == 2)
        #expect(abs(sides[0] - millimetres * 72 / 25.4) < 0.01)
        #expect(abs(sides[1] - Double(paper.height) / 8 * 72 / 25.4) < 0.01)
    }

    @Test("a page of another size holds the paper at its top, in the middle of its width, and a short one goes on")
    func page() async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        let blocks = blocks(try document(), .none)
        let paper = try await typesetter.set(blocks)
        let extent = try await typesetter.extent(blocks)
        #expect(extent == PageExtent(width: 80, height: Double(paper.height) / 8))
        let own = try OutsideReader.drawnPDF(try await typesetter.pdf(blocks))
        let sheet = try await typesetter.pdf(blocks, on: PageExtent(width: 100, height: extent.height + 50))
        let drawn = try OutsideReader.drawnPDF(sheet)
        // Poppler may draw a dot more, as the page's points are no whole dots.
        #expect((800...801).contains(drawn.width) && (0...1).contains(drawn.height - paper.height - 400))
        let (here, there) = (own.inkedColumns, drawn.inkedColumns)
        #expect(abs(try #require(there.first) - #require(here.first) - 80) <= 1)
        #expect(abs(try #require(there.last) - #require(here.last) - 80) <= 1)
        let (top, bottom) = (own.inkedRows, drawn.inkedRows)
        #expect(abs(try #require(bottom.first) - #require(top.first)) <= 1)
        #expect(abs(try #require(bottom.last) - #require(top.last)) <= 1)
        let short = try await typesetter.pdf(blocks, on: PageExtent(width: 80, height: 40))
        let information = try OutsideReader.poppler("pdfinfo", short).split(separator: "\n")
        let pages = information.first { $0.hasPrefix("Pages:") }?.split(separator: " ").last.flatMap { Int($0) }
        #expect(try #require(pages) >= paper.height / 320)
        #expect(try OutsideReader.pdfText(short) == OutsideReader.pdfText(try await typesetter.pdf(blocks)))
    }

    @Test("the PDF's drawing is the bitmap's, dot for dot but for the edges of strokes", arguments: [384, 512, 576])
    func likeBitmap(width: Int) async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: width)
        let url = Samples.url(ofLength: 140)
        let blocks = blocks(try document(), .page(url, offers: .fullInvoice))
        let paper = try await typesetter.set(blocks)
        let drawn = try OutsideReader.drawnPDF(try await typesetter.pdf(blocks))
        let left = (drawn.width - width) / 2
        #expect(abs(drawn.height - paper.height) <= 1)
        var (different, far, black) = (0, 0, 0)
        for y in 1..<paper.height - 1 {
            for x in 0..<width {
                if paper[x, y] { black += 1 }
                guard paper[x, y] != drawn[x + left, y] else { continue }
                different += 1
                // Nowhere is ink, or white, that the other has not within a dot.
                let isNear = (-1...1).contains { dy in
                    (-1...1).contains { dx in paper[x + dx, y + dy] == drawn[x + left, y] }
                }
                if !isNear { far += 1 }
            }
        }
        #expect(different * 4 < black, "\(different) dots of \(black)")
        #expect(far * 100 < black, "\(far) dots of \(black)")
        #expect(try OutsideReader.zbar(drawn) == url)
    }

    @Test("paper longer than a PDF page goes on on the next, and no line is lost or cut") func pages() async throws {
        let blocks = (1...1_500).map { Block.amount(AmountRow(name: "ข้าว \($0)", amount: "\($0).00")) }
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 384)
        let pdf = try await typesetter.pdf(blocks)
        let text = try OutsideReader.pdfText(pdf)
        var rest = Substring(text)
        for number in 1...1_500 {
            let found = try #require(rest.range(of: "ข้าว\(number)\(number).00"), "line \(number)")
            rest = rest[found.upperBound...]
        }
        #expect(rest.isEmpty)
        let pages = try OutsideReader.poppler("pdfinfo", pdf).split(separator: "\n").first { $0.hasPrefix("Pages:") }
        #expect(pages?.hasSuffix(" 2") == true)
    }

    @Test(
        "pages are cut where nothing stands",
        arguments: [(100, [0, 90, 180, 270]), (95, [0, 90, 180, 270]), (600, [0])])
    func cuts(limit: Int, expected: [Int]) throws {
        let blocks = (0..<10).map { _ in Block.image(Bitmap(width: 8, height: 30)) }
        let layout = try PaperLayout(blocks, on: PaperMetrics(width: 384)) { _ in TextSize(width: 0, height: 0) }
        let pages = layout.pages(ofAtMost: limit)
        #expect(pages.map(\.lowerBound) == expected)
        #expect(pages.last?.upperBound == 300)
        let high = try PaperLayout(
            [.image(Bitmap(width: 8, height: 250))], on: PaperMetrics(width: 384)
        ) { _ in TextSize(width: 0, height: 0) }
        #expect(high.pages(ofAtMost: 100) == [0..<100, 100..<200, 200..<250])
    }

    @Test("no name breaks the file", arguments: Samples.hostileNames) func hostile(name: String) async throws {
        let blocks: [Block] = [
            .text(name, .heading, .center), .amount(AmountRow(name: name, details: [name], amount: "1.00")),
            .text("จบ", .body, .left),
        ]
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 384)
        let pdf = try await typesetter.pdf(blocks)
        #expect(try OutsideReader.pdfText(pdf).hasSuffix("จบ"))
        let drawn = try OutsideReader.drawnPDF(pdf)
        let cut = (0..<drawn.height).filter { drawn[0, $0] || drawn[drawn.width - 1, $0] }
        #expect(cut.isEmpty)
    }

    @Test("nothing is an empty page, and a link that fits no paper is refused") func edges() async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 384)
        #expect(try await typesetter.pdf([]).starts(with: Array("%PDF-".utf8)))
        let error = await #expect(throws: ReceiptError.self) {
            try await typesetter.pdf([.qr(String(repeating: "a", count: 600))])
        }
        #expect(error?.code == .qrTooLong)
    }
}

extension Bitmap {
    fileprivate var inkedRows: [Int] { (0..<height).filter { !isBlankRow($0) } }
    /// The columns that have ink anywhere.
    fileprivate var inkedColumns: [Int] { (0..<width).filter { x in (0..<height).contains { self[x, $0] } } }
}
