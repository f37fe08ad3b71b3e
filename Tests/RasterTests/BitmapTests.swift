import Raster
import Testing

/// A bitmap from rows of `#` and `.`.
func bitmap(_ rows: String...) -> Bitmap {
    var bitmap = Bitmap(width: rows.first?.count ?? 0, height: rows.count)
    for (y, row) in rows.enumerated() {
        for (x, dot) in row.enumerated() where dot == "#" { bitmap[x, y] = true }
    }
    return bitmap
}

/// The rows of a bitmap as `#` and `.`.
func rows(_ bitmap: Bitmap) -> [String] {
    (0..<bitmap.height).map { y in String((0..<bitmap.width).map { bitmap[$0, y] ? "#" : "." }) }
}

@Suite struct BitmapTests {
    @Test("the leftmost dot is the most significant bit, and a row fills whole bytes") func packing() {
        let picture = bitmap("#........#", ".#.......#")
        #expect(picture.bytesPerRow == 2)
        #expect(picture.bytes == [0b1000_0000, 0b0100_0000, 0b0100_0000, 0b0100_0000])
    }

    @Test("a negative size counts as nothing") func negativeSizes() {
        #expect(Bitmap(width: -5, height: 3).bytes.isEmpty)
        #expect(Bitmap(width: 5, height: -3).height == 0)
    }

    @Test("packed rows are taken only when they fit the size, and their padding is cleared") func packedRows() {
        #expect(Bitmap(width: 10, height: 1, bytes: [0xFF, 0xFF])?.bytes == [0xFF, 0b1100_0000])
        #expect(Bitmap(width: 10, height: 1, bytes: [0xFF]) == nil)
        #expect(Bitmap(width: 10, height: 2, bytes: [0xFF, 0xFF]) == nil)
        #expect(Bitmap(width: -1, height: 0, bytes: []) == nil)
        #expect(Bitmap(width: .max, height: .max, bytes: []) == nil)
    }

    @Test("dots outside read white and write nothing", arguments: [(-1, 0), (0, -1), (10, 0), (0, 2), (15, 1)])
    func outside(x: Int, y: Int) {
        var picture = Bitmap(width: 10, height: 2)
        picture[x, y] = true
        #expect(picture == Bitmap(width: 10, height: 2))
        #expect(!picture[x, y])
    }

    @Test("a dot can be made white again") func whiteAgain() {
        var picture = bitmap("##")
        picture[0, 0] = false
        #expect(rows(picture) == [".#"])
    }

    @Test("drawing lays black dots over what is there and clips at every side", arguments: -12...20, [-2, -1, 0, 1, 2])
    func drawing(x: Int, y: Int) {
        let stamp = bitmap("#.#.......#", ".##......##")
        var canvas = bitmap(".................", "....#............", "................#")
        var expected = canvas
        for row in 0..<stamp.height {
            for column in 0..<stamp.width where stamp[column, row] { expected[x + column, y + row] = true }
        }
        canvas.draw(stamp, x: x, y: y)
        #expect(canvas == expected)
    }

    @Test("drawing far away changes nothing", arguments: [Int.max, Int.min, 1_000_000, -1_000_000])
    func drawingFarAway(far: Int) {
        var canvas = bitmap("#..", "..#")
        let before = canvas
        canvas.draw(bitmap("###"), x: far, y: 0)
        canvas.draw(bitmap("###"), x: 0, y: far)
        #expect(canvas == before)
    }

    @Test("a narrower bitmap is appended at the left, a wider one is cut") func appending() {
        var paper = bitmap("...")
        paper.append(bitmap("##"))
        paper.append(bitmap("#####"))
        paper.append(bitmap("#.#"))
        #expect(rows(paper) == ["...", "##.", "###", "#.#"])
        #expect(paper.bytes[2] == 0b1110_0000)
    }

    @Test("blank rows are blank, and a negative number of them is none") func blankRows() {
        var paper = bitmap("#")
        paper.appendBlankRows(2)
        paper.appendBlankRows(-2)
        #expect(rows(paper) == ["#", ".", "."])
        #expect((-1...3).map(paper.isBlankRow) == [true, false, true, true, true])
    }

    @Test(
        "a range of rows is clamped to those there are",
        arguments: [(0..<2, ["#.", ".#"]), (1..<9, [".#", "##"]), (-4..<1, ["#."]), (5..<9, []), (-5 ..< -1, [])])
    func ranges(range: Range<Int>, expected: [String]) {
        #expect(rows(bitmap("#.", ".#", "##").rows(range)) == expected)
    }
}
