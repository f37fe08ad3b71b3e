import Raster
import Testing

@testable import Receipts

/// A face in which each letter is half as wide as high, so that positions can be told in advance.
private func measure(_ spec: TextSpec) throws(ReceiptError) -> TextSize {
    let letter = spec.face.size / 2
    let natural = spec.text.count * letter
    guard let width = spec.width, natural > width else { return TextSize(width: natural, height: spec.face.size) }
    let perLine = max(1, width / letter)
    let lines = (spec.text.count + perLine - 1) / perLine
    return TextSize(width: perLine * letter, height: lines * spec.face.size)
}

private func layout(_ blocks: Block..., width: Int = 576) throws -> PaperLayout {
    try PaperLayout(blocks, on: PaperMetrics(width: width), measure: measure)
}

extension PaperLayout {
    fileprivate func frame(of text: String) throws -> Frame {
        let placement = placements.first {
            if case .text(let spec, _) = $0.content { spec.text == text } else { false }
        }
        return try #require(placement?.frame)
    }
}

@Suite struct PaperLayoutTests {
    // 576 dots: 12 of margin, 552 between; body 24, so 12 a letter.
    @Test("a short text stands in the middle or at the left") func alignment() throws {
        let paper = try layout(.text("1234567890", .body, .center), .text("abc", .body, .left))
        #expect(try paper.frame(of: "1234567890") == Frame(x: 12, y: 0, width: 552, height: 24))
        #expect(try paper.frame(of: "abc") == Frame(x: 12, y: 24, width: 552, height: 24))
        #expect(paper.height == 48)
    }

    @Test("a centred text that is too long breaks at a space into lines of like length") func balance() throws {
        let long = "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb cccccccccc dddddddddd"  // 62 letters, 46 fit
        let paper = try layout(.text(long, .body, .center))
        #expect(try paper.frame(of: "aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb").y == 0)
        #expect(try paper.frame(of: "cccccccccc dddddddddd").y == 24)
    }

    @Test("amounts end at the right margin, each beside the first line of its name") func amounts() throws {
        let name = String(repeating: "n", count: 60)
        let paper = try layout(
            .amount(AmountRow(name: name, details: ["2 × 5.00"], amount: "10.00")),
            .amount(AmountRow(name: "b", amount: "1,234.50")), .space(.small),
            .amount(AmountRow(name: "paid", amount: "999,999,999.99")))
        // The widest amount has 8 letters: 96 dots, and 12 of gutter.
        #expect(try paper.frame(of: name) == Frame(x: 12, y: 0, width: 444, height: 48))
        #expect(try paper.frame(of: "10.00") == Frame(x: 564 - 60, y: 0, width: 60, height: 24))
        #expect(try paper.frame(of: "2 × 5.00").y == 48)
        #expect(try paper.frame(of: "1,234.50") == Frame(x: 564 - 96, y: 68, width: 96, height: 24))
    }

    @Test("where signs stand behind amounts, all amounts end at the same dot") func signs() throws {
        let paper = try layout(
            .amount(AmountRow(name: "a", amount: "1.00", sign: "V")),
            .amount(AmountRow(name: "b", amount: "2.00", sign: "")))
        #expect(try paper.frame(of: "1.00").right == 540)
        #expect(try paper.frame(of: "2.00").right == 540)
        #expect(try paper.frame(of: "V").right == 564)
    }

    @Test("a name that finds no room beside its amount stands above it") func stackedAmount() throws {
        let paper = try layout(
            .amount(AmountRow(name: "a long name", amount: "999,999,999,999.99", role: .total)), width: 384)
        #expect(try paper.frame(of: "a long name").bottom <= paper.frame(of: "999,999,999,999.99").y)
    }

    @Test("two columns share a line, or else stand below each other") func columns() throws {
        let paper = try layout(
            .columns(left: "left", right: "right", .body),
            .columns(left: String(repeating: "l", count: 30), right: String(repeating: "r", count: 30), .body))
        #expect(try paper.frame(of: "left") == Frame(x: 12, y: 0, width: 48, height: 24))
        #expect(try paper.frame(of: "right") == Frame(x: 504, y: 0, width: 60, height: 24))
        #expect(try paper.frame(of: String(repeating: "l", count: 30)).y == 24)
        #expect(try paper.frame(of: String(repeating: "r", count: 30)).y == 48)
    }

    @Test("a reversed banner is a black field with white text inside") func banner() throws {
        let paper = try layout(.banner(["NO", "none"], .reversed))
        #expect(
            paper.placements.first
                == Placement(
                    frame: Frame(x: 12, y: 0, width: 552, height: 60), content: .fill))
        #expect(
            paper.placements.dropFirst().allSatisfy {
                if case .text(_, isWhite: true) = $0.content { $0.frame.y >= 8 && $0.frame.bottom <= 52 } else { false }
            })
    }

    @Test("pictures stand in the middle, and what is too wide loses both sides", arguments: [(100, 238), (600, -12)])
    func pictures(width: Int, x: Int) throws {
        let picture = Bitmap(width: width, height: 10)
        #expect(try layout(.image(picture)).placements.first?.frame == Frame(x: x, y: 0, width: width, height: 10))
    }

    @Test("paper of a width that no receipt fits is refused", arguments: [-1, 0, 255, 2_401, .max])
    func widths(width: Int) {
        let error = #expect(throws: ReceiptError.self) { try PaperMetrics(width: width) }
        #expect(error?.code == .paperWidth)
    }

    @Test("paper longer than any roll is refused") func tooLong() throws {
        let picture = Bitmap(width: 8, height: 600_000)
        let error = #expect(throws: ReceiptError.self) { try layout(.image(picture), .image(picture)) }
        #expect(error?.code == .paperTooLong)
    }
}
