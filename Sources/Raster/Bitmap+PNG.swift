extension Bitmap {
    /// The bitmap as a PNG of one bit a dot, greyscale, black on white, of any height.
    ///
    /// Throws `empty` if the bitmap has no dots.
    public func png() throws(RasterError) -> [UInt8] {
        guard width > 0, height > 0 else {
            throw RasterError(.empty, "a picture of \(width)×\(height) dots has nothing to write as PNG")
        }
        let stride = bytesPerRow
        var lines: [UInt8] = []
        lines.reserveCapacity((stride + 1) * height)
        for y in 0..<height {
            lines.append(0)  // no filter
            for byte in bytes[y * stride..<(y + 1) * stride] { lines.append(~byte) }
        }
        return try PNGFile.bytes(width: width, height: height, depth: 1, colourType: 0, scanlines: lines)
    }

    /// Reads a PNG of any kind: laid over white, then black wherever the luminance is under a half.
    ///
    /// - Parameter maximumDots: the most dots, width times height, to accept. The file's header is checked against it
    ///   before anything is unpacked.
    ///
    /// Throws `notPNG` for bytes that are no PNG or a broken one, `tooLarge` for too many dots or a side of more than
    /// 32,767.
    public init(png: [UInt8], maximumDots: Int) throws(RasterError) {
        let picture = try GreyPicture(png: png, maximumDots: maximumDots)
        self.init(width: picture.width, height: picture.height)
        for y in 0..<height {
            for x in 0..<width where picture.luminance[y * width + x] < 128 { self[x, y] = true }
        }
    }
}
