import Printing
import Raster
import Testing

/// Draws what an image's bytes say, independently of the encoder: `GS v 0` and `ESC J` only.
private struct Drawing {
    var rows: [[UInt8]] = []
    var heights: [Int] = []
    var widths: [Int] = []

    init?(_ bytes: [UInt8], width: Int) {
        var at = 0
        while at < bytes.count {
            if bytes[at...].starts(with: [0x1B, 0x4A]), at + 2 < bytes.count {
                rows += Array(repeating: Array(repeating: 0, count: width), count: Int(bytes[at + 2]))
                at += 3
            } else if bytes[at...].starts(with: [0x1D, 0x76, 0x30, 0]), at + 7 < bytes.count {
                let across = Int(bytes[at + 4]) + 256 * Int(bytes[at + 5])
                let down = Int(bytes[at + 6]) + 256 * Int(bytes[at + 7])
                at += 8
                guard across > 0, across <= width, at + across * down <= bytes.count else { return nil }
                for _ in 0..<down {
                    rows.append(Array(bytes[at..<(at + across)]) + Array(repeating: 0, count: width - across))
                    at += across
                }
                heights.append(down)
                widths.append(across)
            } else {
                return nil
            }
        }
    }
}

@Suite struct ESCPOSImageTests {
    @Test("one black dot is one band of one byte between two feeds") func dot() {
        var bitmap = Bitmap(width: 576, height: 300)
        bitmap[2, 270] = true
        #expect(
            ESCPOS().image(bitmap)
                == [0x1B, 0x4A, 255, 0x1B, 0x4A, 15, 0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0x20, 0x1B, 0x4A, 29])
    }

    @Test("an empty and a blank bitmap print no image") func blank() {
        #expect(ESCPOS().image(Bitmap(width: 576, height: 0)).isEmpty)
        #expect(ESCPOS().image(Bitmap(width: 0, height: 0)).isEmpty)
        #expect(ESCPOS().image(Bitmap(width: 576, height: 10)) == [0x1B, 0x4A, 10])
    }

    @Test(
        "what is drawn from the bytes is the bitmap, for many shapes",
        arguments: [1, 7, 47, 48, 49, 95, 96, 97, 127, 128, 129, 144, 176, 256, 640], [8, 384, 513, 576])
    func redrawn(height: Int, width: Int) throws {
        var bitmap = Bitmap(width: width, height: height)
        var seed = UInt64(height * 1_000 + width)
        var next: UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return seed >> 33
        }
        for y in 0..<height where (y / 30) % 3 != 1 {
            for _ in 0..<5 { bitmap[Int(next % UInt64(width)), y] = true }
        }
        let drawing = try #require(Drawing(ESCPOS().image(bitmap), width: bitmap.bytesPerRow))
        #expect(drawing.rows.flatMap { $0 } == bitmap.bytes)
        #expect(drawing.heights.allSatisfy { $0 <= 128 && !$0.isMultiple(of: 48) })
    }

    @Test("solid stretches of every height avoid bands that clones garble", arguments: 1...300)
    func heights(height: Int) throws {
        var bitmap = Bitmap(width: 8, height: height)
        for y in 0..<height { bitmap[0, y] = true }
        let drawing = try #require(Drawing(ESCPOS().image(bitmap), width: 1))
        #expect(drawing.heights.reduce(0, +) == height)
        #expect(drawing.heights.allSatisfy { $0 > 0 && $0 <= 128 && !$0.isMultiple(of: 48) })
    }

    @Test("a right margin is not sent, and each band has its own") func margins() throws {
        var bitmap = Bitmap(width: 576, height: 256)
        for y in 0..<128 { bitmap[9, y] = true }
        for y in 128..<256 { bitmap[100, y] = true }
        let drawing = try #require(Drawing(ESCPOS().image(bitmap), width: 72))
        #expect(drawing.widths == [2, 13])
    }

    @Test("parts encoded apart and appended draw what the whole does") func parts() throws {
        var body = Bitmap(width: 64, height: 130)
        var tail = Bitmap(width: 64, height: 70)
        for y in 0..<130 { body[y % 64, y] = true }
        for y in 0..<70 { tail[63 - y % 64, y] = true }
        let apart = try #require(Drawing(ESCPOS().image(body) + ESCPOS().image(tail), width: 8))
        #expect(apart.rows.flatMap { $0 } == body.bytes + tail.bytes)
    }
}
