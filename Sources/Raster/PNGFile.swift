import CZlib

/// The bytes of a PNG file (PNG specification, 5.3 chunks, 11.2.1 header), packed by zlib.
///
/// Cairo writes PNG too, but with a byte for each black or white dot, and not for paper of more than 32,767 rows.
enum PNGFile {
    /// Rows of dots repeat so much that more effort gains little.
    private static let effort: Int32 = 4

    /// - Parameters:
    ///   - depth: bits a sample.
    ///   - colourType: 0 greyscale, 2 RGB, 6 RGB with alpha.
    ///   - scanlines: the rows, each after its filter byte, all of the same length.
    static func bytes(
        width: Int, height: Int, depth: UInt8, colourType: UInt8, scanlines: [UInt8]
    ) throws(RasterError) -> [UInt8] {
        // Deflate, the usual filters, not interlaced.
        let header = bigEndian(width) + bigEndian(height) + [depth, colourType, 0, 0, 0]
        var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        append(chunk: "IHDR", header, to: &png)
        append(chunk: "IDAT", try compressed(scanlines), to: &png)
        append(chunk: "IEND", [], to: &png)
        return png
    }

    private static func compressed(_ bytes: [UInt8]) throws(RasterError) -> [UInt8] {
        var count = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(count))
        let status = compress2(&packed, &count, bytes, uLong(bytes.count), effort)
        guard status == Z_OK else { throw RasterError(.drawing, "a picture could not be packed (zlib \(status))") }
        return Array(packed.prefix(Int(count)))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }

    private static func append(chunk type: String, _ data: [UInt8], to png: inout [UInt8]) {
        let body = Array(type.utf8) + data
        png += bigEndian(data.count) + body + bigEndian(Int(crc32(0, body, uInt(body.count))))
    }
}
