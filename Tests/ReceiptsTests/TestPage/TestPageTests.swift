import Raster
import Testing

@testable import Receipts

@Suite(.timeLimit(.minutes(1))) struct TestPageTests {
    private let particulars = [("อุปกรณ์ / Device", "tcp://192.168.1.50:9100"), ("โปรไฟล์ / Profile", "generic")]

    @Test("the test page is what it was when a person looked at it", arguments: [576, 384])
    func golden(width: Int) async throws {
        guard try Golden.isComparable() else { return }
        let blocks = try TestPage.blocks(
            printer: "front", width: width, particulars: particulars,
            end: width == 576 ? .partialCut : .tornOff)
        let page = try await Typesetter(fontFamily: "Loma", widthInDots: width).set(blocks)
        try Golden.compare(page, "test-page-\(width)")
    }

    @Test("the strip of the other cut is what it was when a person looked at it")
    func goldenStrip() async throws {
        guard try Golden.isComparable() else { return }
        let strip = try await Typesetter(fontFamily: "Loma", widthInDots: 576).set(TestPage.strip(.fullCut))
        try Golden.compare(strip, "test-strip-576")
    }

    @Test(
        "page and strip say how they are to be cut, and an independent reader reads it",
        arguments: [
            (.fullCut, "Fullcut"), (.partialCut, "Partialcut"), (.tornOff, "Nocut"),
        ] as [(TestPage.End, String)])
    func ends(end: TestPage.End, words: String) async throws {
        let typesetter = try Typesetter(fontFamily: "Loma", widthInDots: 576)
        let page = try await typesetter.set(TestPage.blocks(printer: "front", width: 576, end: end))
        let strip = try await typesetter.set(TestPage.strip(end))
        for paper in [page, strip] {
            let last = paper.rows(paper.height - 90..<paper.height)
            #expect(try OutsideReader.tesseract(last).contains(words))
        }
    }

    @Test("an independent reader reads each size of QR", arguments: [256, 384, 512, 576, 832])
    func codes(width: Int) async throws {
        let blocks = try TestPage.blocks(printer: "front", width: width, end: .fullCut)
        let page = try await Typesetter(fontFamily: "Loma", widthInDots: width).set(blocks)
        let read = try #require(try OutsideReader.zbar(page))
        #expect(Set(read.split(separator: "\n")) == ["kamkap 5", "kamkap 6", "kamkap 8"])
    }

    @Test("the ruler has a mark each millimetre and ends at the last dot", arguments: [384, 500, 576])
    func ruler(width: Int) {
        let ruler = TestPattern.ruler(width: width)
        #expect(ruler.width == width)
        for x in stride(from: 0, to: width, by: 8) { #expect(ruler[x, 11]) }
        #expect(ruler[width - 1, 27] && !ruler[4, 11])
    }

    @Test("each grey has as many black dots as it says", arguments: [384, 512, 576]) func greys(width: Int) {
        let greys = TestPattern.greys(width: width)
        let side = width / 8
        for field in 0..<8 {
            let black = (0..<56).reduce(0) { sum, y in
                sum + (field * side..<(field + 1) * side).count { greys[$0, y] }
            }
            #expect(black == side * 56 * (field + 1) / 8)
        }
    }

    @Test("no page is set for paper that no receipt fits") func widths() {
        let error = #expect(throws: ReceiptError.self) {
            try TestPage.blocks(printer: "front", width: 100, end: .fullCut)
        }
        #expect(error?.code == .paperWidth)
    }
}
