import Testing

@testable import Raster

/// A PNG of one colour, red, green, blue and alpha from 0 to 1.
private func png(width: Int, height: Int, _ colour: (Double, Double, Double, Double)) throws -> [UInt8] {
    let dot = [colour.0, colour.1, colour.2, colour.3].map { UInt8($0 * 255) }
    let row = [0] + [[UInt8]](repeating: dot, count: width).joined()
    let rows = [[UInt8]](repeating: row, count: height).joined()
    return try PNGFile.bytes(width: width, height: height, depth: 8, colourType: 6, scanlines: Array(rows))
}

private func blackShare(_ bitmap: Bitmap) -> Double {
    let black = bitmap.bytes.reduce(0) { $0 + $1.nonzeroBitCount }
    return Double(black) / Double(bitmap.width * bitmap.height)
}

@Suite struct BitmapDitherTests {
    @Test("a shade of grey becomes as large a share of black dots", arguments: [0, 0.2, 0.5, 0.8, 1])
    func shades(grey: Double) throws {
        let logo = try Bitmap.dithered(png: png(width: 80, height: 60, (grey, grey, grey, 1)), maximumWidth: 80)
        #expect(abs(blackShare(logo) - (1 - grey)) < 0.02)
    }

    @Test("what is transparent is paper") func transparency() throws {
        let clear = try Bitmap.dithered(png: png(width: 40, height: 40, (0, 0, 0, 0)), maximumWidth: 40)
        #expect(blackShare(clear) == 0)
        let half = try Bitmap.dithered(png: png(width: 40, height: 40, (0, 0, 0, 0.5)), maximumWidth: 40)
        #expect(abs(blackShare(half) - 0.5) < 0.02)
    }

    @Test(
        "a picture is scaled down until it fits, and never up",
        arguments: [
            (1_000, 500, 400, 320, 400, 200), (100, 50, 400, 320, 100, 50), (100, 1_000, 400, 320, 32, 320),
            (3_000, 1, 300, 320, 300, 1), (10, 10, 0, -5, 1, 1),
        ])
    func scaling(width: Int, height: Int, maximumWidth: Int, maximumHeight: Int, newWidth: Int, newHeight: Int) throws {
        let logo = try Bitmap.dithered(
            png: png(width: width, height: height, (0, 0, 0, 1)), maximumWidth: maximumWidth,
            maximumHeight: maximumHeight)
        #expect(logo.width == newWidth)
        #expect(logo.height == newHeight)
        #expect(blackShare(logo) == 1)
    }

    @Test("without dithering, half the luminance decides, and colours count as the eye sees them")
    func threshold() throws {
        let green = try Bitmap(png: png(width: 9, height: 2, (0, 1, 0, 1)), maximumDots: 18)
        #expect(blackShare(green) == 0)
        let blue = try Bitmap(png: png(width: 9, height: 2, (0, 0, 1, 1)), maximumDots: 18)
        #expect(blackShare(blue) == 1)
    }

    @Test("a broken logo is a clear error") func broken() {
        let error = #expect(throws: RasterError.self) { try Bitmap.dithered(png: [1, 2, 3], maximumWidth: 384) }
        #expect(error?.code == .notPNG)
    }
}
