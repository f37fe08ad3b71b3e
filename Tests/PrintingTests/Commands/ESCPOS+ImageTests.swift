import Printing
import Raster
import Testing

/// Draws what an image's bytes say, independently of the encoder: `GS v 0`, `ESC J` and `ESC $` only.
private struct Drawing {
    var rows: [[UInt8]] = []
    /// Of the bands that are not feeds.
    var heights: [Int] = []
    var widths: [Int] = []
    var modes: [UInt8] = []

    init?(_ bytes: [UInt8], width: Int) {
        var at = 0
        var left = 0
        while at < bytes.count {
            if bytes[at...].starts(with: [0x1B, 0x4A]), at + 2 < bytes.count {
                rows += Array(repeating: Array(repeating: 0, count: width), count: Int(bytes[at + 2]))
                at += 3
            } else if bytes[at...].starts(with: [0x1B, 0x24]), at + 3 < bytes.count {
                left = (Int(bytes[at + 2]) + 256 * Int(bytes[at + 3])) / 8
                at += 4
            } else if bytes[at...].starts(with: [0x1D, 0x76, 0x30]), at + 7 < bytes.count {
                let mode = bytes[at + 3]
                let across = Int(bytes[at + 4]) + 256 * Int(bytes[at + 5])
                let down = Int(bytes[at + 6]) + 256 * Int(bytes[at + 7])
                at += 8
                guard across > 0, at + across * down <= bytes.count, mode == 0 || mode == 3 else { return nil }
                guard left + across * (mode == 3 ? 2 : 1) <= width else { return nil }
                let data = bytes[at..<at + across * down]
                for row in 0..<down {
                    var drawn = Array(bytes[at + row * across..<at + (row + 1) * across])
                    if mode == 3 { drawn = drawn.flatMap(Self.doubled) }
                    drawn = Array(repeating: 0, count: left) + drawn
                    drawn += Array(repeating: 0, count: width - drawn.count)
                    rows += Array(repeating: drawn, count: mode == 3 ? 2 : 1)
                }
                at += across * down
                left = 0
                guard data.contains(where: { $0 != 0 }) else { continue }
                heights.append(down)
                widths.append(across)
                modes.append(mode)
            } else {
                return nil
            }
        }
    }

    private static func doubled(_ byte: UInt8) -> [UInt8] {
        let text = String(byte, radix: 2)
        let bits = String(repeating: "0", count: 8 - text.count) + text
        let twice = bits.map { "\($0)\($0)" }.joined()
        return [twice.prefix(8), twice.suffix(8)].compactMap { UInt8($0, radix: 2) }
    }
}

@Suite struct ESCPOSImageTests {
    @Test("one black dot is one band of one byte between two feeds") func dot() {
        var bitmap = Bitmap(width: 576, height: 300)
        bitmap[2, 270] = true
        #expect(
            ESCPOS(profile: .clone58).image(bitmap)
                == [0x1B, 0x4A, 255, 0x1B, 0x4A, 15, 0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0x20, 0x1B, 0x4A, 29])
    }

    @Test("where the unit of ESC J is not known, blank rows are an image of one byte's width") func unknownUnit() {
        var bitmap = Bitmap(width: 576, height: 5)
        bitmap[2, 3] = true
        #expect(
            ESCPOS().image(bitmap)
                == [0x1D, 0x76, 0x30, 0, 1, 0, 3, 0, 0, 0, 0, 0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0x20]
                + [0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 0])
    }

    @Test("an empty and a blank bitmap print no image") func blank() {
        #expect(ESCPOS().image(Bitmap(width: 576, height: 0)).isEmpty)
        #expect(ESCPOS().image(Bitmap(width: 0, height: 0)).isEmpty)
        #expect(ESCPOS(profile: .epsonTM).image(Bitmap(width: 576, height: 10)) == [0x1B, 0x4A, 10])
    }

    @Test("a picture of doubled dots is sent at half its size", arguments: PrinterProfile.all, [16, 96, 342, 343, 48])
    func doubled(profile: PrinterProfile, side: Int) throws {
        var bitmap = Bitmap(width: 576, height: 400)
        for y in 0..<side {
            for x in 0..<side where (x / 2 * 7 + y / 2 * 5) % 11 < 5 { bitmap[116 + x, 20 + y] = true }
        }
        let drawing = try #require(Drawing(ESCPOS(profile: profile).image(bitmap), width: 72))
        #expect(drawing.rows.flatMap { $0 } == bitmap.bytes)
        #expect(drawing.modes.allSatisfy { $0 == (side.isMultiple(of: 2) ? 3 : 0) })
        for (height, mode) in zip(drawing.heights, drawing.modes) {
            #expect(!height.isMultiple(of: mode == 3 ? 24 : 48))
        }
    }

    @Test("a left margin is not sent to a printer that can be told where an image begins") func leftMargin() throws {
        var bitmap = Bitmap(width: 576, height: 20)
        for y in 0..<20 { bitmap[300 + y, y] = true }
        let drawing = try #require(Drawing(ESCPOS(profile: .epsonTM).image(bitmap), width: 72))
        #expect(drawing.rows.flatMap { $0 } == bitmap.bytes)
        #expect(drawing.widths == [3])
    }

    @Test(
        "what is drawn from the bytes is the bitmap, for many shapes",
        arguments: [1, 7, 47, 48, 49, 95, 96, 97, 127, 128, 129, 144, 176, 256, 640], [8, 384, 513, 576])
    func redrawn(height: Int, width: Int) throws {
        for profile in PrinterProfile.all { try redrawn(height: height, width: width, profile: profile) }
    }

    private func redrawn(height: Int, width: Int, profile: PrinterProfile) throws {
        var bitmap = Bitmap(width: width, height: height)
        var seed = UInt64(height * 1_000 + width)
        var next: UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return seed >> 33
        }
        for y in 0..<height where (y / 30) % 3 != 1 {
            for _ in 0..<5 { bitmap[Int(next % UInt64(width)), y] = true }
        }
        let drawing = try #require(Drawing(ESCPOS(profile: profile).image(bitmap), width: bitmap.bytesPerRow))
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
