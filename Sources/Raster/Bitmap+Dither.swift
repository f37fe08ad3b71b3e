extension Bitmap {
    /// The most dots a picture may have before it is scaled: 16 Mi, some 64 MB while it is being read.
    public static let maximumPictureDots = 1 << 24

    /// Converts a PNG in shades, such as a logo, to black dots: laid over white, scaled down (never up) until it fits,
    /// dithered by Floyd and Steinberg's method.
    ///
    /// - Parameters:
    ///   - maximumWidth: the paper's width, or the part of it that the picture may take, in dots.
    ///   - maximumHeight: in rows.
    ///
    /// Throws `notPNG` for bytes that are no PNG or a broken one, `tooLarge` for more than ``maximumPictureDots``.
    public static func dithered(
        png: [UInt8], maximumWidth: Int, maximumHeight: Int = 320
    ) throws(RasterError) -> Bitmap {
        let picture = try GreyPicture(
            png: png, maximumDots: maximumPictureDots, maximumWidth: max(1, maximumWidth),
            maximumHeight: max(1, maximumHeight))
        let width = picture.width
        var bitmap = Bitmap(width: width, height: picture.height)
        // The errors owed to this row and the next, in sixteenths, with room for one dot at either side.
        var (owed, next) = ([Int](repeating: 0, count: width + 2), [Int](repeating: 0, count: width + 2))
        for y in 0..<picture.height {
            for x in 0..<width {
                let shade = Int(picture.luminance[y * width + x]) + owed[x + 1] / 16
                let isBlack = shade < 128
                bitmap[x, y] = isBlack
                let error = shade - (isBlack ? 0 : 255)
                owed[x + 2] += error * 7
                next[x] += error * 3
                next[x + 1] += error * 5
                next[x + 2] += error
            }
            (owed, next) = (next, [Int](repeating: 0, count: width + 2))
        }
        return bitmap
    }
}
