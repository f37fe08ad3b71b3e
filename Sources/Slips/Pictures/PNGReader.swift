/// Cleans a PNG file (W3C PNG specification, third edition, sections 5 and 11).
///
/// What is not needed to show its pixels is left out: texts, Exif, the time, what programs have added, and whatever follows its
/// end, which may be the rest of a picture that was cut to size.
struct PNGReader {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let kind = "PNG"
    /// Those without which there is no picture, and those that say how colours and dots are meant.
    private static let needed: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD",
        "pHYs",
    ]
    /// The length, the type and the checksum around a chunk's data.
    private static let frame = 12

    private var source: PictureBytes
    private var kept: [UInt8]

    init(_ bytes: [UInt8]) {
        source = PictureBytes(bytes)
        kept = []
        kept.reserveCapacity(bytes.count)
    }

    mutating func clean() throws(SlipImageError) -> CleanPicture {
        guard let start = source.take(Self.signature.count) else { throw .cutShort(Self.kind) }
        kept += start
        let header = try nextChunk()
        guard header.type == "IHDR", header.data.count == 13 else {
            throw .damaged(Self.kind, "it does not begin with its size")
        }
        let size = try PictureSize(
            PictureBytes.number(header.data.prefix(4)), PictureBytes.number(header.data.dropFirst(4).prefix(4)),
            of: Self.kind)
        kept += header.whole
        var hasPixels = false
        while true {
            let chunk = try nextChunk()
            if Self.needed.contains(chunk.type) {
                guard chunk.type != "IHDR" else { throw .damaged(Self.kind, "it begins twice") }
                kept += chunk.whole
            } else if chunk.isCritical {
                throw .damaged(Self.kind, "it has a part that no reader knows")
            }
            if chunk.type == "IDAT", !chunk.data.isEmpty { hasPixels = true }
            guard chunk.type == "IEND" else { continue }
            guard hasPixels else { throw .damaged(Self.kind, "there are no pixels in it") }
            return CleanPicture(bytes: kept, size: size)
        }
    }

    private struct Chunk {
        let type: String
        let whole: ArraySlice<UInt8>

        var data: ArraySlice<UInt8> { whole.dropFirst(8).dropLast(4) }
        /// By the case of its type's first letter (5.4).
        var isCritical: Bool { type.utf8.first.map { $0 & 0x20 == 0 } ?? false }
    }

    private mutating func nextChunk() throws(SlipImageError) -> Chunk {
        let begin = source.position
        guard let length = source.bigEndian(4), let type = source.take(4) else { throw .cutShort(Self.kind) }
        let isType = type.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & 0xDF) }
        guard isType, length <= Int(Int32.max) else {
            throw .damaged(Self.kind, "a part of it has no valid type or length")
        }
        guard source.take(length + Self.frame - 8) != nil else { throw .cutShort(Self.kind) }
        return Chunk(type: String(decoding: type, as: UTF8.self), whole: source.all[begin..<source.position])
    }
}
