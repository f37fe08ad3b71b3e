public import Raster

extension ESCPOS {
    /// A bitmap as `GS v 0` bands. Blank stretches are fed, blank right margins are not sent.
    ///
    /// Left margins are sent: the commands that would skip them do not move raster images on every printer.
    public func image(_ bitmap: Bitmap) -> [UInt8] {
        let pixels = bitmap.bytes
        var bytes: [UInt8] = []
        var blankFrom = 0
        for stretch in inkedStretches(of: bitmap) {
            bytes += feed(rows: stretch.lowerBound - blankFrom)
            for rows in bands(of: stretch) {
                appendBand(rows, of: pixels, bytesPerRow: bitmap.bytesPerRow, to: &bytes)
            }
            blankFrom = stretch.upperBound
        }
        return bytes + feed(rows: bitmap.height - blankFrom)
    }

    /// Rows from ink to ink, split where enough blank rows stand between.
    private func inkedStretches(of bitmap: Bitmap) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        for y in 0..<bitmap.height where !bitmap.isBlankRow(y) {
            if let last = stretches.last, y - last.upperBound < profile.blankRowsFed {
                stretches[stretches.count - 1] = last.lowerBound..<(y + 1)
            } else {
                stretches.append(y..<(y + 1))
            }
        }
        return stretches
    }

    /// No band's height is a multiple of 48: some printers garble such images.
    private func bands(of rows: Range<Int>) -> [Range<Int>] {
        var bands: [Range<Int>] = []
        var from = rows.lowerBound
        while from < rows.upperBound {
            var height = min(profile.bandHeight, rows.upperBound - from)
            if height.isMultiple(of: 48) { height -= 8 }
            bands.append(from..<(from + height))
            from += height
        }
        return bands
    }

    private func appendBand(_ rows: Range<Int>, of pixels: [UInt8], bytesPerRow: Int, to bytes: inout [UInt8]) {
        let width = min(inkedBytes(rows, of: pixels, bytesPerRow: bytesPerRow), 0xFFFF)
        guard width > 0 else {
            bytes += feed(rows: rows.count)
            return
        }
        bytes += [0x1D, 0x76, 0x30, 0]
        bytes += [UInt8(width & 0xFF), UInt8(width >> 8), UInt8(rows.count & 0xFF), UInt8(rows.count >> 8)]
        for y in rows {
            bytes += pixels[(y * bytesPerRow)..<(y * bytesPerRow + width)]
        }
    }

    /// How many bytes from the left hold all of the rows' ink.
    private func inkedBytes(_ rows: Range<Int>, of pixels: [UInt8], bytesPerRow: Int) -> Int {
        var width = 0
        for y in rows {
            let start = y * bytesPerRow
            var end = bytesPerRow
            while end > width, pixels[start + end - 1] == 0 { end -= 1 }
            width = max(width, end)
        }
        return width
    }
}
