/// The smallest pictures of a slip: only their structure is looked at.
enum SampleSlip {
    private static let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// A PNG; each `mark` makes another one.
    ///
    /// - Parameter padding: bytes of pixels.
    static func png(_ mark: String, width: UInt8 = 1, padding: Int = 0) -> [UInt8] {
        let header: [UInt8] = [0, 0, 0, width, 0, 0, 0, 1, 8, 0, 0, 0, 0]
        let pixels = Array(mark.utf8) + [UInt8](repeating: 7, count: padding)
        let text = Array("Author\0SECRET".utf8)
        return [start, chunk("IHDR", header), chunk("tEXt", text), chunk("IDAT", pixels), chunk("IEND", [])].flatMap(
            \.self)
    }

    /// As it is kept.
    static func clean(_ mark: String) -> [UInt8] {
        let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]
        return [start, chunk("IHDR", header), chunk("IDAT", Array(mark.utf8)), chunk("IEND", [])].flatMap(\.self)
    }

    /// One that declares 60,000 × 60,000 pixels.
    static let bomb: [UInt8] = [
        start, chunk("IHDR", [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 0, 0, 0, 0]), chunk("IDAT", [1]),
        chunk("IEND", []),
    ].flatMap(\.self)

    static let jpeg: [UInt8] = [
        [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0],
        [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xFF, 0xD9],
    ].flatMap(\.self)

    /// A WebP of one pixel, with a remark.
    static let webp: [UInt8] = {
        let pixels: [UInt8] = [0x10, 0, 0, 0x9D, 0x01, 0x2A, 1, 0, 1, 0, 7, 7]
        let parts = [part("VP8 ", pixels), part("EXIF", Array("SECRET".utf8))].flatMap(\.self)
        return [Array("RIFF".utf8), little(parts.count + 4), Array("WEBP".utf8), parts].flatMap(\.self)
    }()

    private static func part(_ type: String, _ data: [UInt8]) -> [UInt8] {
        [Array(type.utf8), little(data.count), data].flatMap(\.self)
    }

    private static func little(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let length: [UInt8] = (0..<4).map { UInt8(truncatingIfNeeded: data.count >> (24 - 8 * $0)) }
        return length + Array(type.utf8) + data + [0, 0, 0, 0]
    }
}
