/// Pictures made by hand, part by part.
enum HandMadePicture {
    static func big(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    static func little(_ number: Int, _ count: Int) -> [UInt8] { big(number, count).reversed() }

    static func joined(_ parts: [[UInt8]]) -> [UInt8] { parts.flatMap(\.self) }

    // MARK: PNG

    static let pngStart: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func png(_ width: Int, _ height: Int) -> [UInt8] { png(width, height, chunk("IDAT", [1]), chunk("IEND")) }

    static func png(_ width: Int, _ height: Int, _ chunks: [UInt8]...) -> [UInt8] {
        let header: [UInt8] = joined([big(width, 4), big(height, 4), [8, 0, 0, 0, 0]])
        return joined([pngStart, chunk("IHDR", header)] + chunks)
    }

    static func chunk(_ type: String, _ data: [UInt8] = []) -> [UInt8] {
        joined([big(data.count, 4), Array(type.utf8), data, [0, 0, 0, 0]])
    }

    // MARK: JPEG

    /// - Parameters:
    ///   - before: stands before the frame.
    ///   - after: stands behind the end.
    static func jpeg(_ width: Int, _ height: Int, before: [[UInt8]] = [], after: [UInt8] = []) -> [UInt8] {
        let frame = segment(0xC0, joined([[8], big(height, 2), big(width, 2), [1, 1, 0x11, 0]]))
        return joined([[0xFF, 0xD8]] + before + [frame, scan, [0xFF, 0xD9], after])
    }

    static func segment(_ marker: UInt8, _ content: [UInt8] = []) -> [UInt8] {
        joined([[0xFF, marker], big(content.count + 2, 2), content])
    }

    static func segment(_ marker: UInt8, _ text: String, _ rest: [UInt8] = []) -> [UInt8] {
        segment(marker, Array(text.utf8) + rest)
    }

    /// With a stuffed byte and a restart among the pixels.
    static let scan: [UInt8] = joined([segment(0xDA, [1, 1, 0, 0, 63, 0]), [1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4]])

    // MARK: WebP

    static func webp(_ chunks: [UInt8]...) -> [UInt8] {
        let content = joined(chunks)
        return joined([Array("RIFF".utf8), little(content.count + 4, 4), Array("WEBP".utf8), content])
    }

    static func part(_ type: String, _ data: [UInt8]) -> [UInt8] {
        joined([Array(type.utf8), little(data.count, 4), data, [UInt8](repeating: 0, count: data.count % 2)])
    }

    static func lossy(_ width: Int, _ height: Int) -> [UInt8] {
        part("VP8 ", joined([[0x10, 0, 0, 0x9D, 0x01, 0x2A], little(width, 2), little(height, 2), [7]]))
    }

    static func lossless(_ width: Int, _ height: Int) -> [UInt8] {
        part("VP8L", joined([[0x2F], little((width - 1) | (height - 1) << 14, 4), [7]]))
    }

    static func canvas(_ width: Int, _ height: Int, flags: UInt8 = 0) -> [UInt8] {
        part("VP8X", joined([[flags, 0, 0, 0], little(width - 1, 3), little(height - 1, 3)]))
    }
}
