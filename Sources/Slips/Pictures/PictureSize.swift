/// Width and height of a picture in pixels, no more than a reader can unpack.
struct PictureSize: Equatable {
    /// A screenshot that was scrolled for has some ten thousand rows.
    static let longestSide = 30_000
    /// The largest that phones make have 108 million; unpacked, that is half a gigabyte.
    static let mostPixels = 120_000_000

    let width: Int
    let height: Int

    init(_ width: Int, _ height: Int, of kind: String) throws(SlipImageError) {
        guard width > 0, height > 0 else {
            throw .damaged(kind, "it declares \(width) × \(height) pixels")
        }
        guard max(width, height) <= Self.longestSide, width * height <= Self.mostPixels else {
            throw SlipImageError(
                .tooManyPixels,
                "expected at most \(Self.longestSide) pixels a side and \(Self.mostPixels / 1_000_000) million in all, found \(width) × \(height)"
            )
        }
        self.width = width
        self.height = height
    }
}

/// A picture's file without what it says beside its pixels.
struct CleanPicture {
    let bytes: [UInt8]
    let size: PictureSize
}
