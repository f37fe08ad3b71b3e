/// Which way up a photograph was taken: all that is kept of its Exif, since its pixels lie as the phone was held (Exif 2.32,
/// section 4.6; TIFF 6.0, section 2).
struct ExifOrientation {
    private static let beginning = Array("Exif\0\0".utf8)
    private static let tag = 0x0112
    /// The type of its value.
    private static let short = 3
    private static let entrySize = 12
    /// The first of the eight ways is upright, which needs no word.
    private static let turned: ClosedRange<Int> = 2...8

    private let value: Int

    /// Nil if there is none, or if it is upright.
    init?(_ segment: ArraySlice<UInt8>) {
        guard segment.starts(with: Self.beginning) else { return nil }
        let tiff = Array(segment.dropFirst(Self.beginning.count))
        let isBigEndian = tiff.starts(with: [0x4D, 0x4D, 0, 42])
        guard isBigEndian || tiff.starts(with: [0x49, 0x49, 42, 0]) else { return nil }
        func number(at place: Int, _ count: Int) -> Int? {
            guard place >= 0, place <= tiff.count - count else { return nil }
            let bytes = tiff[place..<place + count]
            return isBigEndian ? PictureBytes.number(bytes) : PictureBytes.number(bytes.reversed())
        }
        guard let directory = number(at: 4, 4), let entries = number(at: directory, 2) else { return nil }
        let places = (0..<entries).lazy.map { directory + 2 + $0 * Self.entrySize }
        guard let entry = places.first(where: { number(at: $0, 2) == Self.tag }),
            number(at: entry + 2, 2) == Self.short, number(at: entry + 4, 4) == 1,
            let value = number(at: entry + 8, 2), Self.turned.contains(value)
        else { return nil }
        self.value = value
    }

    /// An Exif that says nothing else.
    var segment: [UInt8] {
        let header: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]
        let entry: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(value), 0, 0]
        return Self.beginning + header + [0, 1] + entry + [0, 0, 0, 0]
    }
}
