import Testing

@testable import Raster

/// Dots without a pattern that could hide a mistake.
func noise(width: Int, height: Int) -> Bitmap {
    var picture = Bitmap(width: width, height: height)
    var state: UInt64 = 0x9E37_79B9
    for y in 0..<height {
        for x in 0..<width {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            picture[x, y] = state >> 62 == 0
        }
    }
    return picture
}

/// The width, height, bit depth and colour type of a PNG's header.
func header(_ png: [UInt8]) -> [Int] {
    func number(_ at: Int) -> Int { png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    return [number(16), number(20), Int(png[24]), Int(png[25])]
}

@Suite struct BitmapPNGTests {
    @Test("a PNG is read back dot by dot", arguments: [1, 7, 8, 9, 31, 33, 384, 576], [1, 2, 65])
    func roundTrip(width: Int, height: Int) throws {
        let picture = noise(width: width, height: height)
        let png = try picture.png()
        #expect(header(png) == [width, height, 1, 0], "one bit, greyscale")
        #expect(try Bitmap(png: png, maximumDots: width * height) == picture)
    }

    @Test("blank paper, solid paper and rows that repeat are read back, and take little room", arguments: [384, 571])
    func repetition(width: Int) throws {
        var paper = Bitmap(width: width, height: 700)
        var solid = Bitmap(width: width, height: 1)
        for x in 0..<width { solid[x, 0] = true }
        for _ in 0..<300 { paper.append(solid) }
        let pattern = noise(width: width, height: 1)
        for _ in 0..<300 { paper.append(pattern) }
        let png = try paper.png()
        #expect(png.count < 2_000)
        #expect(try Bitmap(png: png, maximumDots: 1_000_000) == paper)
    }

    @Test("a match of every length and a row of every length is read back", arguments: 3...270) func lengths(
        length: Int
    ) throws {
        var picture = noise(width: length * 8, height: 3)
        picture.append(picture.rows(2..<3))
        for x in 0..<(length - 3) * 8 { picture[x, 1] = false }
        #expect(try Bitmap(png: picture.png(), maximumDots: 100_000) == picture)
    }

    @Test("paper may be of any height") func tall() throws {
        var paper = Bitmap(width: 384, height: 40_000)
        paper[383, 39_999] = true
        let png = try paper.png()
        #expect(header(png) == [384, 40_000, 1, 0])
        #expect(png.count < 20_000)
        let error = #expect(throws: RasterError.self) { try Bitmap(png: png, maximumDots: .max) }
        #expect(error?.code == .tooLarge)
    }

    @Test("an empty picture cannot be written", arguments: [(0, 0), (5, 0), (0, 5)]) func empty(width: Int, height: Int)
    {
        let error = #expect(throws: RasterError.self) { try Bitmap(width: width, height: height).png() }
        #expect(error?.code == .empty)
    }

    @Test("the dots are counted before anything is unpacked") func tooManyDots() throws {
        let png = try noise(width: 20, height: 20).png()
        let error = #expect(throws: RasterError.self) { try Bitmap(png: png, maximumDots: 399) }
        #expect(error?.code == .tooLarge)
        var huge = png
        huge.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        let other = #expect(throws: RasterError.self) { try Bitmap(png: huge, maximumDots: .max) }
        #expect(other?.code == .tooLarge)
    }

    @Test("a file that ends early, at whatever byte, is a clear error") func truncated() throws {
        let png = try noise(width: 60, height: 60).png()
        for count in stride(from: 0, to: png.count - 12, by: 7) {
            let error = #expect(throws: RasterError.self) {
                try Bitmap(png: Array(png.prefix(count)), maximumDots: 10_000)
            }
            #expect(error?.code == .notPNG)
        }
    }

    @Test("a damaged file is a clear error", arguments: [29, 60, 200]) func damaged(at offset: Int) throws {
        var png = try noise(width: 60, height: 60).png()
        png[offset] ^= 0xFF
        let error = #expect(throws: RasterError.self) { try Bitmap(png: png, maximumDots: 10_000) }
        #expect(error?.code == .notPNG)
        #expect(error?.message.isEmpty == false)
    }

    @Test("something else is not taken for a PNG") func otherBytes() {
        for bytes in [[], Array("GIF89a".utf8), [UInt8](repeating: 0, count: 1_000)] {
            let error = #expect(throws: RasterError.self) { try Bitmap(png: bytes, maximumDots: 10_000) }
            #expect(error?.code == .notPNG)
        }
    }
}
