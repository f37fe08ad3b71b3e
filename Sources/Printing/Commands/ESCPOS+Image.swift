public import Raster

extension ESCPOS {
    /// A bitmap as `GS v 0` images. Blank stretches are fed; blank margins are not sent if the printer can do without
    /// them.
    public func image(_ bitmap: Bitmap) -> [UInt8] {
        var bytes: [UInt8] = []
        var blankFrom = 0
        for stretch in inkedStretches(of: bitmap) {
            bytes += feed(rows: stretch.lowerBound - blankFrom)
            for band in RasterBand.bands(of: stretch, in: bitmap, profile: profile) {
                band.append(to: &bytes, of: bitmap)
            }
            blankFrom = stretch.upperBound
        }
        return bytes + feed(rows: bitmap.height - blankFrom)
    }

    /// Rows from ink to ink, split where enough blank rows lie between.
    private func inkedStretches(of bitmap: Bitmap) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        for y in 0..<bitmap.height where !bitmap.isBlankRow(y) {
            if let last = stretches.last, y - last.upperBound < profile.images.blankRowsFed {
                stretches[stretches.count - 1] = last.lowerBound..<(y + 1)
            } else {
                stretches.append(y..<(y + 1))
            }
        }
        return stretches
    }
}
