import Raster
import Testing

@testable import Receipts

@Suite(.timeLimit(.minutes(1))) struct QRCodeTests {
    @Test("an independent reader reads exactly the link", arguments: [384, 512, 576], [80, 140, 200])
    func readBack(width: Int, length: Int) throws {
        let url = Samples.url(ofLength: length)
        let code = try QRCode(url, paperWidth: width)
        #expect(code.bitmap.width <= width)
        #expect(code.moduleSize >= 5)
        #expect(try OutsideReader.zbar(code.bitmap) == url)
    }

    @Test(
        "level and size follow the link and the paper",
        arguments: [
            (40, 384, QRCode.Level.medium, 6, 29), (40, 576, .medium, 8, 29), (80, 384, .medium, 6, 37),
            (80, 576, .medium, 8, 37), (140, 384, .medium, 6, 49), (140, 576, .medium, 6, 49),
            (200, 384, .medium, 5, 57), (200, 576, .medium, 6, 57), (330, 384, .low, 5, 65),
            (330, 576, .medium, 6, 69),
        ])
    func sizes(length: Int, width: Int, level: QRCode.Level, moduleSize: Int, modules: Int) throws {
        let code = try QRCode(String(repeating: "a", count: length), paperWidth: width)
        #expect(code.level == level)
        #expect(code.moduleSize == moduleSize)
        #expect(code.modules == modules)
        #expect(code.bitmap.width == (modules + 8) * moduleSize)
        #expect(code.bitmap.height == code.bitmap.width)
    }

    @Test(
        "the longest link that fits is known for each paper",
        arguments: [(256, 134), (264, 134), (265, 154), (284, 154), (384, 367), (512, 792), (576, 1_003)])
    func longest(width: Int, bytes: Int) {
        #expect(QRCode.fits(String(repeating: "a", count: bytes), paperWidth: width))
        #expect(!QRCode.fits(String(repeating: "a", count: bytes + 1), paperWidth: width))
    }

    @Test("four modules around the code stay white") func quietZone() throws {
        let code = try QRCode("https://a.example/1", paperWidth: 384)
        let (quiet, side) = (4 * code.moduleSize, code.bitmap.width)
        for y in 0..<side {
            for x in 0..<side where code.bitmap[x, y] {
                #expect((quiet..<side - quiet).contains(x) && (quiet..<side - quiet).contains(y))
            }
        }
        #expect(
            code.bitmap[quiet, quiet] && code.bitmap[side - quiet - 1, quiet] && code.bitmap[quiet, side - quiet - 1])
    }

    @Test(
        "a link that would need smaller modules is refused with what was expected",
        arguments: [(600, 384), (5_000, 2_000), (0, 384), (20, 100)])
    func tooLong(length: Int, width: Int) {
        let error = #expect(throws: ReceiptError.self) {
            try QRCode(String(repeating: "a", count: length), paperWidth: width)
        }
        #expect(!QRCode.fits(String(repeating: "a", count: length), paperWidth: width))
        #expect(error?.code == .qrTooLong)
        #expect(error?.message.contains("\(width) dots") == true)
    }
}
