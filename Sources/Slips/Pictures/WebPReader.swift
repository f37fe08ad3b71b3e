/// Cleans a WebP file (RFC 9649).
///
/// Of its chunks only those stay that hold pixels, transparency and the meaning of colours: no Exif, no XMP, nothing that
/// follows its end.
struct WebPReader {
    private static let kind = "WebP"
    private static let needed: Set<String> = ["VP8X", "ICCP", "ALPH", "VP8 ", "VP8L"]

    private var source: PictureBytes
    private var kept: [UInt8]
    /// Behind it is nothing of the picture.
    private var end = 0

    init(_ bytes: [UInt8]) {
        source = PictureBytes(bytes)
        kept = []
        kept.reserveCapacity(bytes.count)
    }

    mutating func clean() throws(SlipImageError) -> CleanPicture {
        guard source.take(4) != nil, let length = source.littleEndian(4), source.take(4) != nil,
            length <= source.rest + 4
        else { throw .cutShort(Self.kind) }
        end = source.position + length - 4
        var canvas: PictureSize?
        var picture: PictureSize?
        while source.position < end {
            let chunk = try nextChunk()
            if chunk.type == "ANIM" || chunk.type == "ANMF" {
                throw SlipImageError(.animated, "expected a picture that stands still, found one that moves")
            }
            guard Self.needed.contains(chunk.type) else { continue }
            switch chunk.type {
            case "VP8X":
                guard canvas == nil, picture == nil else { throw .damaged(Self.kind, "it begins twice") }
                canvas = try Self.canvas(chunk.data)
                keep("VP8X", Self.withoutMetadata(chunk.data))
            case "VP8 ", "VP8L":
                guard picture == nil else { throw .damaged(Self.kind, "it has two pictures") }
                picture = try chunk.type == "VP8L" ? Self.lossless(chunk.data) : Self.lossy(chunk.data)
                keep(chunk.type, chunk.data)
            default: keep(chunk.type, chunk.data)
            }
        }
        guard let picture else { throw .damaged(Self.kind, "there are no pixels in it") }
        return CleanPicture(bytes: file(), size: canvas ?? picture)
    }

    private mutating func nextChunk() throws(SlipImageError) -> (type: String, data: ArraySlice<UInt8>) {
        guard let type = source.take(4), let length = source.littleEndian(4), let data = source.take(length) else {
            throw .cutShort(Self.kind)
        }
        guard source.position <= end else { throw .damaged(Self.kind, "a part of it is longer than the whole") }
        // Some programs leave the padding out at the very end.
        if length % 2 == 1 { _ = source.byte() }
        return (String(decoding: type, as: UTF8.self), data)
    }

    private mutating func keep(_ type: String, _ data: some Collection<UInt8>) {
        kept += type.utf8
        kept += Self.littleEndian(data.count)
        kept += data
        if data.count % 2 == 1 { kept.append(0) }
    }

    private func file() -> [UInt8] {
        Array("RIFF".utf8) + Self.littleEndian(kept.count + 4) + Array("WEBP".utf8) + kept
    }

    private static func littleEndian(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { PictureBytes.number(bytes.reversed()) }

    // MARK: Sizes

    /// Flags, three reserved bytes, then width and height less one (section 2.7.1).
    private static func canvas(_ data: ArraySlice<UInt8>) throws(SlipImageError) -> PictureSize {
        guard data.count >= 10 else { throw .damaged(kind, "its header is too short") }
        return try PictureSize(
            number(data.dropFirst(4).prefix(3)) + 1, number(data.dropFirst(7).prefix(3)) + 1, of: kind)
    }

    /// The flags for Exif and XMP, which are not there any more.
    private static func withoutMetadata(_ data: ArraySlice<UInt8>) -> [UInt8] {
        var data = Array(data)
        data[0] &= ~0x0C
        return data
    }

    /// A key frame's header: the frame's tag, its start code, width and height with two bits of scale each (RFC 6386,
    /// section 9.1).
    private static func lossy(_ data: ArraySlice<UInt8>) throws(SlipImageError) -> PictureSize {
        let start: [UInt8] = [0x9D, 0x01, 0x2A]
        guard data.count >= 10, data.first.map({ $0 & 1 == 0 }) ?? false, data.dropFirst(3).starts(with: start) else {
            throw .damaged(kind, "its picture has no valid header")
        }
        return try PictureSize(
            number(data.dropFirst(6).prefix(2)) & 0x3FFF, number(data.dropFirst(8).prefix(2)) & 0x3FFF, of: kind)
    }

    /// A signature, then 14 bits each of width and height less one (section 3.4).
    private static func lossless(_ data: ArraySlice<UInt8>) throws(SlipImageError) -> PictureSize {
        guard data.count >= 5, data.first == 0x2F else { throw .damaged(kind, "its picture has no valid header") }
        let bits = number(data.dropFirst().prefix(4))
        return try PictureSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, of: kind)
    }
}
