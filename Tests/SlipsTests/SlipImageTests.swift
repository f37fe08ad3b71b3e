import Crypto
import Foundation
import Raster
import Sales
import Testing

@testable import Slips

@Suite struct SlipImageTests {
    @Test("a picture keeps its pixels and loses what it says beside them", arguments: SlipPicture.allCases)
    func cleaned(picture: SlipPicture) throws {
        let bytes = try picture.bytes
        #expect(picture == .lossless || bytes.holds("SECRET"))
        let image = try SlipImage(bytes, declared: picture.media)
        #expect(image.media == picture.media)
        #expect(image.width == SlipPicture.side)
        #expect(image.height == SlipPicture.side)
        #expect(!image.bytes.holds("SECRET"))
        for word in ["Exif", "EXIF", "XMP", "JFXX", "Photoshop", "MPF", "tEXt", "zTXt", "iTXt", "eXIf", "tIME"] {
            #expect(!image.bytes.holds(word), "\(word)")
        }
        #expect(try zbar(bytes) == SlipPicture.text)
        #expect(try zbar(image.bytes) == SlipPicture.text)
    }

    /// Another program's word for it.
    @Test(
        "a photograph is still seen the way up that it was taken",
        arguments: [(3, "lower-right"), (6, "upper-right"), (8, "lower-left")])
    func orientation(value: UInt8, word: String) throws {
        for picture in [SlipPicture.photograph, .progressive] {
            var bytes = try picture.bytes
            let upright = Data([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 1])
            let place = try #require(Data(bytes).range(of: upright))
            bytes[place.upperBound - 1] = value
            let image = try SlipImage(bytes)
            #expect(try kind(of: image.bytes).contains("direntries=1, orientation=\(word)]"))
            #expect(try zbar(image.bytes) == SlipPicture.text && !image.bytes.holds("SECRET"))
            #expect(try SlipImage(image.bytes).bytes == image.bytes)
            #expect(try !kind(of: SlipImage(picture.bytes).bytes).contains("Exif"))
        }
    }

    @Test("the packed pixels stay byte by byte", arguments: SlipPicture.allCases) func untouched(picture: SlipPicture)
        throws
    {
        let bytes = try picture.bytes
        let cleaned = try SlipImage(bytes).bytes
        #expect(try PackedPixels.of(cleaned, picture.media) == PackedPixels.of(bytes, picture.media))
        #expect(try !PackedPixels.of(bytes, picture.media).isEmpty)
    }

    @Test("every dot of a cleaned PNG is what it was") func dots() throws {
        let bytes = try SlipPicture.screenshot.bytes
        let before = try Bitmap(png: bytes, maximumDots: 1 << 16)
        #expect(try Bitmap(png: SlipImage(bytes).bytes, maximumDots: 1 << 16) == before)
    }

    @Test("what is clean stays as it is", arguments: SlipPicture.allCases) func twice(picture: SlipPicture) throws {
        let bytes = try picture.bytes
        let once = try SlipImage(bytes)
        #expect(try SlipImage(once.bytes).bytes == once.bytes)
        #expect(picture != .lossless || once.bytes == bytes)
    }

    @Test("an upload is known again by what came, not by what is kept", arguments: SlipPicture.allCases)
    func digest(picture: SlipPicture) throws {
        let bytes = try picture.bytes
        let image = try SlipImage(bytes)
        #expect(image.digest == Array(SHA256.hash(data: Data(bytes))))
        if picture != .lossless { #expect(try SlipImage(image.bytes).digest != image.digest) }
    }

    @Test("how colours are meant stays", arguments: [SlipPicture.photograph, .screenshot, .webPhotograph])
    func colours(picture: SlipPicture) throws {
        let name = [SlipMedia.jpeg: "ICC_PROFILE", .png: "iCCP", .webp: "ICCP"][picture.media] ?? ""
        #expect(try SlipImage(try picture.bytes).bytes.holds(name))
    }

    @Test("a picture that ends in the middle is refused, wherever that is", arguments: SlipPicture.allCases)
    func cut(picture: SlipPicture) throws {
        // Without what follows its end, so that every byte matters.
        let whole = try SlipImage(try picture.bytes).bytes
        for count in 0..<whole.count {
            let error = #expect(throws: SlipImageError.self, "\(count) of \(whole.count) bytes") {
                try SlipImage(Array(whole.prefix(count)))
            }
            #expect(
                error.map { [.cutShort, .noPicture].contains($0.code) } == true,
                "\(count): \(String(describing: error))")
        }
    }

    @Test("a picture that was cut and filled up with zeros is refused", arguments: SlipPicture.allCases)
    func zeros(picture: SlipPicture) throws {
        // The chunks of a WebP say nothing of their content: only its size can be wrong.
        guard picture.media != .webp else { return }
        let whole = try SlipImage(try picture.bytes).bytes
        let half = whole.prefix(whole.count - 64) + [UInt8](repeating: 0, count: 4_096)
        #expect(throws: SlipImageError.self) { try SlipImage(Array(half)) }
    }

    @Test(
        "what is no picture is refused, and told what is taken",
        arguments: [
            ("", SlipImageError.Code.noPicture, "found nothing"),
            ("hello", .noPicture, "found something else"),
            ("\u{FEFF}\n<!DOCTYPE html><html>", .noPicture, "a web page"),
            ("<HTML>", .noPicture, "a web page"),
            ("%PDF-1.7", .noPicture, "screenshot"),
            ("GIF89a", .otherKind, "GIF"),
            ("BM6", .otherKind, "BMP"),
            ("II*\0", .otherKind, "TIFF"),
            ("\0\0\0\u{18}ftypheic", .otherKind, "Most Compatible"),
            ("\0\0\0\u{1C}ftypavif", .otherKind, "AVIF"),
            ("RIFF\0\0\0\0WAVE", .noPicture, "something else"),
        ])
    func noPicture(text: String, code: SlipImageError.Code, words: String) throws {
        for declared in [nil, SlipMedia.jpeg] {
            let error = #expect(throws: SlipImageError.self) { try SlipImage(Array(text.utf8), declared: declared) }
            #expect(error?.code == code)
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
    }

    @Test("a picture of another kind than its sender says is refused", arguments: SlipPicture.allCases)
    func otherKind(picture: SlipPicture) throws {
        for declared in SlipMedia.allCases where declared != picture.media {
            let error = #expect(throws: SlipImageError.self) { try SlipImage(try picture.bytes, declared: declared) }
            #expect(error?.code == .otherKind)
            #expect(error?.message.contains(declared.rawValue) == true)
            #expect(error?.message.contains(picture.media.rawValue) == true)
        }
    }

    /// Whatever comes, nothing breaks, and what is taken is clean.
    @Test("a picture with some bytes changed is taken clean, or refused", arguments: SlipPicture.allCases)
    func changed(picture: SlipPicture) throws {
        let whole = try picture.bytes
        var dice = Dice(state: 20_261_130)
        var taken = 0
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0...dice.next(3) { bytes[dice.next(bytes.count)] = UInt8(dice.next(256)) }
            guard let image = try? SlipImage(bytes) else { continue }
            taken += 1
            #expect(try SlipImage(image.bytes).bytes == image.bytes)
            #expect(image.bytes.count <= bytes.count + 16)
        }
        #expect(taken > 0)
    }

    /// Marsaglia's xorshift: the same numbers in every run.
    private struct Dice {
        var state: UInt64

        mutating func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
    }
}
