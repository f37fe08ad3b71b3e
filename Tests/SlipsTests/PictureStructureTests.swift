import Testing

@testable import Slips

@Suite struct PictureStructureTests {
    private typealias Made = HandMadePicture

    private static let bombs: [[UInt8]] = [
        Made.png(60_000, 60_000), Made.png(30_001, 1), Made.png(30_000, 4_001), Made.png(0x7FFF_FFFF, 0x7FFF_FFFF),
        Made.png(0xFFFF_FFFF, 0xFFFF_FFFF), Made.jpeg(60_000, 60_000), Made.jpeg(16_320, 12_240),
        Made.webp(Made.canvas(1 << 24, 1 << 24), Made.lossy(1, 1)),
        Made.webp(Made.canvas(1, 1), Made.lossy(16_383, 16_383)), Made.webp(Made.lossless(16_384, 16_384)),
    ]

    @Test("a picture that declares more pixels than a reader has memory for is refused", arguments: bombs)
    func bomb(bytes: [UInt8]) {
        let error = #expect(throws: SlipImageError.self) { try SlipImage(bytes) }
        #expect(error?.code == .tooManyPixels)
        #expect(error?.message.contains("120 million") == true)
    }

    private static let large: [[UInt8]] = [
        Made.png(12_000, 9_000), Made.jpeg(12_000, 9_000), Made.webp(Made.lossless(12_000, 9_000)),
        Made.webp(Made.lossy(12_000, 9_000)),
    ]

    @Test("the largest pictures that phones take are taken", arguments: large) func largest(bytes: [UInt8]) throws {
        let image = try SlipImage(bytes)
        #expect((image.width, image.height) == (12_000, 9_000))
        #expect(image.bytes == bytes)
    }

    private static let broken: [[UInt8]] = [
        Made.png(0, 5), Made.png(5, 0), Made.png(5, 5, Made.chunk("IEND")),
        Made.png(5, 5, Made.chunk("IDAT"), Made.chunk("IEND")), Made.png(5, 5, Made.chunk("IHDR")),
        Made.png(5, 5, Made.chunk("CgBI", [1])), Made.png(5, 5, [0xFF, 0xFF, 0xFF, 0xFF], Array("IDAT".utf8)),
        Made.png(5, 5, Made.chunk("\u{1}\u{2}\u{3}\u{4}")), Made.joined([Made.pngStart, Made.chunk("IDAT", [1])]),
        Made.joined([Made.pngStart, Made.chunk("IHDR", [1])]),
        Made.jpeg(0, 5), Made.jpeg(5, 0), [0xFF, 0xD8, 0xFF, 0xD9],
        Made.joined([[0xFF, 0xD8], Made.segment(0xC0, [8, 0, 5])]), [0xFF, 0xD8, 0xFF, 0x02],
        [0xFF, 0xD8, 0xFF, 0xE1, 0, 1], Made.joined([[0xFF, 0xD8], Made.scan, [0xFF, 0xD9]]),
        Made.webp(), Made.webp(Made.part("EXIF", [1])), Made.webp(Made.canvas(5, 5)), Made.webp(Made.part("VP8X", [0])),
        Made.webp(Made.part("VP8 ", [1])), Made.webp(Made.part("VP8 ", [0x11, 0, 0, 0x9D, 1, 0x2A, 5, 0, 5, 0])),
        Made.webp(Made.part("VP8L", [0x30, 0, 0, 0, 0])), Made.webp(Made.lossy(5, 5), Made.lossy(5, 5)),
        Made.webp(Made.lossy(5, 5), Made.canvas(5, 5)), Made.webp(Made.lossy(0, 5)),
    ]

    @Test("what no reader could show is damaged", arguments: broken) func damaged(bytes: [UInt8]) {
        let error = #expect(throws: SlipImageError.self) { try SlipImage(bytes) }
        #expect(error?.code == .damaged, "\(String(describing: error))")
    }

    @Test("a picture that moves is refused as WebP, and stands still as PNG") func animated() throws {
        for type in ["ANIM", "ANMF"] {
            let error = #expect(throws: SlipImageError.self) {
                try SlipImage(Made.webp(Made.canvas(5, 5, flags: 0x02), Made.part(type, [1]), Made.lossy(5, 5)))
            }
            #expect(error?.code == .animated)
        }
        let moving = Made.png(
            5, 5, Made.chunk("acTL", [0]), Made.chunk("IDAT", [1]), Made.chunk("fdAT", [2]), Made.chunk("IEND"))
        #expect(try SlipImage(moving).bytes == Made.png(5, 5))
    }

    // MARK: JPEG

    /// It begins with a part that stays, so that it is known for a JPEG.
    private static let first = Made.segment(0xDB, [0])

    private static let needed: [[UInt8]] = [
        Made.segment(0xE0, "JFIF\0", [1, 2, 0, 0, 1, 0, 1, 0, 0]), Made.segment(0xE2, "ICC_PROFILE\0", [1, 1, 9]),
        Made.segment(0xEE, "Adobe", [0, 100, 0, 0, 0, 0, 1]), Made.segment(0xDB, [1, 2, 3]), Made.segment(0xC4, [1]),
        Made.segment(0xCC, [1]), Made.segment(0xDD, [0, 4]),
    ]

    @Test("what says how a JPEG's pixels and colours are meant stays", arguments: needed) func stays(part: [UInt8])
        throws
    {
        let bytes = Made.jpeg(5, 5, before: [Self.first, part])
        #expect(try SlipImage(bytes).bytes == bytes)
    }

    private static let added: [[UInt8]] = [
        Made.segment(0xE0, "JFIF\0"), Made.segment(0xE0, "AVI1"), Made.segment(0xE1, "Exif\0\0II"),
        Made.segment(0xE2, "FPXR\0"), Made.segment(0xE2), Made.segment(0xED, "Photoshop 3.0\0"),
        Made.segment(0xEE, "other"), Made.segment(0xEF, [1]), Made.segment(0xFE, "A"), Made.segment(0xF0, [1]),
        [0, 0, 7],
        [0xFF, 0xFF, 0xFF], [0xFF, 0x01], [0xFF, 0x00, 9], [0xFF, 0xD8], [0xFF, 0xD3],
    ]

    @Test("everything else that programs add to a JPEG goes", arguments: added) func goes(part: [UInt8]) throws {
        let bytes = Made.jpeg(5, 5, before: [Self.first, part])
        #expect(try SlipImage(bytes).bytes == Made.jpeg(5, 5, before: [Self.first]))
    }

    /// - Parameter entries: tag, type, count and value of each.
    private static func exif(
        _ entries: [(tag: Int, type: Int, count: Int, value: Int)], isBig: Bool = true, directory: Int = 8
    ) -> [UInt8] {
        let number = isBig ? Made.big : Made.little
        let parts = entries.flatMap { entry in
            Made.joined([
                number(entry.tag, 2), number(entry.type, 2), number(entry.count, 4), number(entry.value, 2), [0, 0],
            ])
        }
        return Made.segment(
            0xE1, "Exif\0\0",
            Made.joined([
                Array((isBig ? "MM" : "II").utf8), number(42, 2), number(directory, 4), number(entries.count, 2), parts,
                [0, 0, 0, 0],
            ]))
    }

    @Test("of an Exif only which way up the picture is stays, in either byte order", arguments: 1...8, [true, false])
    func orientation(value: Int, isBig: Bool) throws {
        let full = Self.exif([(0x010F, 2, 4, 7), (0x0112, 3, 1, value), (0x8825, 4, 1, 9)], isBig: isBig)
        let least = value == 1 ? [] : [Self.exif([(0x0112, 3, 1, value)])]
        let image = try SlipImage(Made.jpeg(5, 5, before: [Self.first, full]))
        #expect(image.bytes == Made.jpeg(5, 5, before: [Self.first] + least))
        #expect(try SlipImage(image.bytes).bytes == image.bytes)
    }

    @Test("two of them are one, whatever the second says") func twoOrientations() throws {
        let (one, two) = (Self.exif([(0x0112, 3, 1, 6)]), Self.exif([(0x0112, 3, 1, 3)]))
        #expect(
            try SlipImage(Made.jpeg(5, 5, before: [Self.first, one, two])).bytes
                == Made.jpeg(5, 5, before: [Self.first, one]))
    }

    private static let noOrientations: [[UInt8]] = [
        exif([]), exif([(0x0112, 3, 1, 0)]), exif([(0x0112, 3, 1, 9)]), exif([(0x0112, 4, 1, 6)]),
        exif([(0x0112, 3, 2, 6)]), exif([(0x0112, 3, 1, 6)], directory: 9),
        exif([(0x0112, 3, 1, 6)], directory: 0xFFFF_FFFF),
        exif([(0x0112, 3, 1, 0x0106)]), Made.segment(0xE1, "Exif\0\0MM"), Made.segment(0xE1, "Exif\0\0"),
        Made.segment(0xE1, "Exif\0\0MM", [0, 42, 0, 0, 0, 8, 0xFF, 0xFF]),
        Made.segment(0xE1, "http://ns.adobe.com/xap/1.0/\0"), Made.segment(0xE1),
    ]

    @Test("an Exif that says no way, or is damaged, goes whole", arguments: noOrientations)
    func noOrientation(part: [UInt8]) throws {
        #expect(
            try SlipImage(Made.jpeg(5, 5, before: [Self.first, part])).bytes == Made.jpeg(5, 5, before: [Self.first]))
    }

    @Test("the small picture in JFIF goes") func thumbnail() throws {
        let start: [UInt8] = [1, 2, 0, 0, 1, 0, 1]
        let bytes = Made.jpeg(5, 5, before: [Made.segment(0xE0, "JFIF\0", start + [1, 1, 7, 7, 7])])
        #expect(try SlipImage(bytes).bytes == Made.jpeg(5, 5, before: [Made.segment(0xE0, "JFIF\0", start + [0, 0])]))
    }

    @Test("what follows a JPEG's end goes, also another picture") func trailing() throws {
        #expect(try SlipImage(Made.jpeg(5, 5, after: Made.jpeg(7, 7))).bytes == Made.jpeg(5, 5))
    }

    @Test("between two scans the rules are the same") func secondScan() throws {
        let whole = Array(Made.jpeg(5, 5).dropLast(2))
        let (exif, table, end): ([UInt8], [UInt8], [UInt8]) = (
            Made.segment(0xE1, "Exif"), Made.segment(0xC4, [1, 2]), [0xFF, 0xD9]
        )
        let image = try SlipImage(Made.joined([whole, exif, table, [0xFF, 0xFF], Made.scan, end]))
        #expect(image.bytes == Made.joined([whole, table, Made.scan, end]))
    }

    // MARK: WebP

    @Test("the flags of a WebP say no more than is there") func flags() throws {
        let colours = Made.part("ICCP", [1, 2, 3])
        let bytes = Made.webp(
            Made.canvas(7, 9, flags: 0x3C), colours, Made.lossy(7, 9), Made.part("EXIF", [1]),
            Made.part("XMP ", [1, 2]),
            Made.part("mine", [9]))
        let image = try SlipImage(bytes + [1, 2, 3])
        #expect(image.bytes == Made.webp(Made.canvas(7, 9, flags: 0x30), colours, Made.lossy(7, 9)))
        #expect((image.width, image.height) == (7, 9))
    }

    @Test("a part that is longer than the whole keeps nothing that lies behind it") func overlong() throws {
        let lossy = Made.lossy(5, 5)
        var bytes = Made.webp(lossy)
        // Its picture says that it is two bytes longer, and two bytes follow.
        bytes[16] += 2
        let error = #expect(throws: SlipImageError.self) { try SlipImage(bytes + Array("AB".utf8)) }
        #expect(error?.code == .damaged)
        #expect(throws: SlipImageError.self) { try SlipImage(bytes) }
    }

    @Test("the padding at a WebP's very end may be missing") func padding() throws {
        let padded = Made.webp(Made.lossy(5, 5))
        var bytes = Array(padded.dropLast())
        bytes[4] -= 1
        #expect(try SlipImage(bytes).bytes == padded)
    }
}
