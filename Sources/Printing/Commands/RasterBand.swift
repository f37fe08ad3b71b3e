import Raster

/// A part of a bitmap that is sent as one `GS v 0` image.
struct RasterBand: Equatable {
    /// The bitmap's rows.
    let rows: Range<Int>
    /// The range of bytes of each of those rows to send.
    let columns: Range<Int>
    /// Whether a dot stands for four: the printer doubles each in both directions.
    let isDoubled: Bool

    /// Cuts a stretch of a bitmap's rows, which begins and ends with ink, into bands.
    ///
    /// A QR code whose modules are an even number of dots is sent at half its size, a quarter of its bytes.
    static func bands(of stretch: Range<Int>, in bitmap: Bitmap, profile: PrinterProfile) -> [RasterBand] {
        let scale = isDoubled(stretch, in: bitmap) ? 2 : 1
        var bands: [RasterBand] = []
        var from = stretch.lowerBound
        while from < stretch.upperBound {
            var height = min((stretch.upperBound - from) / scale, max(profile.images.bandHeight / scale, 1))
            // Some printers garble images with a height that is a multiple of 48.
            if height.isMultiple(of: 48 / scale) { height -= 8 }
            let rows = from..<from + height * scale
            let ink = bitmap.inkedBytes(rows)
            let columns = (profile.images.canBePlaced ? ink.lowerBound : 0)..<ink.upperBound
            bands.append(RasterBand(rows: rows, columns: columns, isDoubled: scale == 2))
            from = rows.upperBound
        }
        return bands
    }

    /// Whether the rows come in pairs of equal rows, and their dots in pairs of equal dots.
    private static func isDoubled(_ rows: Range<Int>, in bitmap: Bitmap) -> Bool {
        let width = bitmap.bytesPerRow
        guard rows.count.isMultiple(of: 2), bitmap.width.isMultiple(of: 16) else { return false }
        for y in stride(from: rows.lowerBound, to: rows.upperBound, by: 2) {
            let upper = bitmap.bytes[y * width..<(y + 1) * width]
            guard upper.allSatisfy({ ($0 ^ $0 >> 1) & 0x55 == 0 }),
                upper.elementsEqual(bitmap.bytes[(y + 1) * width..<(y + 2) * width])
            else { return false }
        }
        return true
    }

    func append(to bytes: inout [UInt8], of bitmap: Bitmap) {
        if columns.lowerBound > 0 {
            let dots = columns.lowerBound * 8
            bytes += [0x1B, 0x24, UInt8(dots & 0xFF), UInt8(dots >> 8 & 0xFF)]
        }
        let scale = isDoubled ? 2 : 1
        let (width, height) = ((columns.count + scale - 1) / scale, rows.count / scale)
        bytes += [0x1D, 0x76, 0x30, isDoubled ? 3 : 0]
        bytes += [width, height].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8 & 0xFF)] }
        for y in stride(from: rows.lowerBound, to: rows.upperBound, by: scale) {
            let start = y * bitmap.bytesPerRow
            let row = bitmap.bytes[start + columns.lowerBound..<start + columns.upperBound]
            if isDoubled {
                for at in stride(from: row.startIndex, to: row.endIndex, by: 2) {
                    bytes.append(Self.half(row[at]) << 4 | (at + 1 < row.endIndex ? Self.half(row[at + 1]) : 0))
                }
            } else {
                bytes += row
            }
        }
    }

    /// Every other bit of a byte, in the lower four.
    private static func half(_ byte: UInt8) -> UInt8 {
        var bits = byte >> 1 & 0x55
        bits = (bits | bits >> 1) & 0x33
        return (bits | bits >> 2) & 0x0F
    }
}

extension Bitmap {
    /// The range of a row's bytes that holds the ink of all these rows; the first byte if there is none.
    fileprivate func inkedBytes(_ rows: Range<Int>) -> Range<Int> {
        var (left, right) = (bytesPerRow, 0)
        for y in rows {
            let start = y * bytesPerRow
            while right < bytesPerRow,
                let last = bytes[start + right..<start + bytesPerRow].lastIndex(where: { $0 != 0 })
            {
                right = last - start + 1
            }
            while left > 0, let first = bytes[start..<start + left].firstIndex(where: { $0 != 0 }) {
                left = first - start
            }
        }
        return left < right ? left..<right : 0..<min(1, bytesPerRow)
    }
}
