/// Cleans a JPEG file (ITU-T T.81, annex B).
///
/// What is not needed to show its pixels is left out, whoever has put it there: Exif but for which way up they are, XMP (APP1),
/// small pictures, IPTC (APP13), remarks, and whatever follows its end, such as a phone's film of the same moment.
struct JPEGReader {
    private static let kind = "JPEG"

    private var source: PictureBytes
    private var kept: [UInt8]
    private var size: PictureSize?

    init(_ bytes: [UInt8]) {
        source = PictureBytes(bytes)
        kept = []
        kept.reserveCapacity(bytes.count)
    }

    mutating func clean() throws(SlipImageError) -> CleanPicture {
        guard let start = source.take(2) else { throw .cutShort(Self.kind) }
        kept += start
        var (hasScan, isTurned) = (false, false)
        while true {
            let marker = try nextMarker()
            switch marker {
            case Marker.end:
                guard let size, hasScan else { throw .damaged(Self.kind, "there are no pixels in it") }
                kept += [0xFF, Marker.end]
                return CleanPicture(bytes: kept, size: size)
            case Marker.scan:
                keep(marker, try segment())
                try keepScan()
                hasScan = true
            case Marker.start, Marker.temporary, Marker.restarts:
                // They stand alone, and mean nothing here.
                break
            case Marker.frames:
                let content = try segment()
                if !Marker.isTable(marker) { size = try Self.size(of: content) }
                keep(marker, content)
            case Marker.tables: keep(marker, try segment())
            case Marker.exif:
                let orientation = ExifOrientation(try segment())
                // A second one means nothing.
                if let orientation, !isTurned { keep(marker, orientation.segment) }
                isTurned = isTurned || orientation != nil
            case Marker.applications, Marker.comment, Marker.extensions:
                if let needed = Self.needed(of: marker, try segment()) { keep(marker, needed) }
            default: throw .damaged(Self.kind, "it has a marker that no reader knows")
            }
        }
    }

    private enum Marker {
        static let start: UInt8 = 0xD8
        static let end: UInt8 = 0xD9
        static let scan: UInt8 = 0xDA
        static let temporary: UInt8 = 0x01
        static let restarts: ClosedRange<UInt8> = 0xD0...0xD7
        static let frames: ClosedRange<UInt8> = 0xC0...0xCF
        static let tables: ClosedRange<UInt8> = 0xDB...0xDF
        static let exif: UInt8 = 0xE1
        static let applications: ClosedRange<UInt8> = 0xE0...0xEF
        static let extensions: ClosedRange<UInt8> = 0xF0...0xFD
        static let comment: UInt8 = 0xFE

        /// Three among the frames' markers are none (table B.1).
        static func isTable(_ marker: UInt8) -> Bool { [0xC4, 0xC8, 0xCC].contains(marker) }
    }

    /// Readers pass over what stands before a marker, and over its fill bytes (B.1.1.2).
    private mutating func nextMarker() throws(SlipImageError) -> UInt8 {
        while source.take(before: 0xFF) != nil {
            _ = source.byte()
            while let next = source.byte() {
                if next == 0xFF { continue }
                if next == 0 { break }
                return next
            }
        }
        throw .cutShort(Self.kind)
    }

    private mutating func segment() throws(SlipImageError) -> ArraySlice<UInt8> {
        guard let length = source.bigEndian(2) else { throw .cutShort(Self.kind) }
        guard length >= 2 else { throw .damaged(Self.kind, "a part of it has no length") }
        guard let content = source.take(length - 2) else { throw .cutShort(Self.kind) }
        return content
    }

    private mutating func keep(_ marker: UInt8, _ content: some Collection<UInt8>) {
        let length = content.count + 2
        kept += [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)]
        kept += content
    }

    /// The packed pixels, up to a marker that is none of theirs.
    private mutating func keepScan() throws(SlipImageError) {
        while let pixels = source.take(before: 0xFF) {
            kept += pixels
            let marker = source.all[(source.position + 1)...].first { $0 != 0xFF }
            guard let marker else { break }
            guard marker == 0 || Marker.restarts.contains(marker) else { return }
            if let fill = source.take(1) { kept += fill }
            while let next = source.byte() {
                kept.append(next)
                if next != 0xFF { break }
            }
        }
        throw .cutShort(Self.kind)
    }

    /// Precision, then lines, then samples a line (B.2.2).
    private static func size(of frame: ArraySlice<UInt8>) throws(SlipImageError) -> PictureSize {
        guard frame.count >= 6 else { throw .damaged(kind, "its frame is too short") }
        let height = PictureBytes.number(frame.dropFirst().prefix(2))
        let width = PictureBytes.number(frame.dropFirst(3).prefix(2))
        return try PictureSize(width, height, of: kind)
    }

    /// What says how colours are meant; nil for everything else that programs have added.
    private static func needed(of marker: UInt8, _ content: ArraySlice<UInt8>) -> [UInt8]? {
        switch marker {
        // JFIF 1.02: the first 12 bytes, and then the size of a small picture, which may show more than the large one.
        case 0xE0 where content.starts(with: "JFIF\0".utf8) && content.count >= 14: Array(content.prefix(12)) + [0, 0]
        case 0xE2 where content.starts(with: "ICC_PROFILE\0".utf8): Array(content)
        case 0xEE where content.starts(with: "Adobe".utf8): Array(content)
        default: nil
        }
    }
}
