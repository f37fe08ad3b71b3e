/// A picture as a printer takes it: one bit a dot, rows from the top, only black and white.
///
/// Rows are packed to whole bytes, with the leftmost dot in the most significant bit. 1 is black; the spare bits of a
/// row's last byte are always 0. ESC/POS printers take raster data in this order.
public struct Bitmap: Sendable, Equatable {
    /// The width in dots.
    public let width: Int
    /// The height in rows of dots.
    public private(set) var height: Int
    /// The packed rows, `bytesPerRow * height` of them.
    public private(set) var bytes: [UInt8]

    /// The bytes that one row takes.
    public var bytesPerRow: Int { (width + 7) / 8 }

    /// A white bitmap. Negative sizes count as 0; the caller bounds sizes that come from outside.
    public init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
        bytes = [UInt8](repeating: 0, count: (self.width + 7) / 8 * self.height)
    }

    /// A bitmap of packed rows; nil if their number does not fit the size.
    public init?(width: Int, height: Int, bytes: [UInt8]) {
        guard width >= 0, height >= 0, width <= Int.max - 7 else { return nil }
        let (count, overflow) = ((width + 7) / 8).multipliedReportingOverflow(by: height)
        guard !overflow, bytes.count == count else { return nil }
        self.width = width
        self.height = height
        self.bytes = bytes
        clearPadding()
    }

    /// One dot. Outside the bitmap it reads false and writes nothing.
    public subscript(x: Int, y: Int) -> Bool {
        get {
            guard contains(x, y) else { return false }
            return bytes[y * bytesPerRow + x >> 3] & mask(x) != 0
        }
        set {
            guard contains(x, y) else { return }
            if newValue {
                bytes[y * bytesPerRow + x >> 3] |= mask(x)
            } else {
                bytes[y * bytesPerRow + x >> 3] &= ~mask(x)
            }
        }
    }

    /// Whether a row has no black dot. Rows outside the bitmap have none.
    public func isBlankRow(_ y: Int) -> Bool {
        guard y >= 0, y < height else { return true }
        return bytes[y * bytesPerRow..<(y + 1) * bytesPerRow].allSatisfy { $0 == 0 }
    }

    /// The rows of a range, as far as they exist.
    public func rows(_ range: Range<Int>) -> Bitmap {
        let clamped = range.clamped(to: 0..<height)
        var part = Bitmap(width: width, height: 0)
        part.bytes = Array(bytes[clamped.lowerBound * bytesPerRow..<clamped.upperBound * bytesPerRow])
        part.height = clamped.count
        return part
    }

    /// Adds another bitmap below. A narrower one is placed at the left, a wider one loses its right side.
    public mutating func append(_ other: Bitmap) {
        guard other.width != width else {
            bytes += other.bytes
            height += other.height
            return
        }
        let top = height
        appendBlankRows(other.height)
        draw(other, x: 0, y: top)
    }

    /// Adds white rows below; a negative count adds none.
    public mutating func appendBlankRows(_ count: Int) {
        guard count > 0 else { return }
        bytes += repeatElement(0, count: count * bytesPerRow)
        height += count
    }

    /// Draws another bitmap's black dots over this one, with its top left corner at (x, y). Dots outside are lost.
    public mutating func draw(_ other: Bitmap, x: Int, y: Int) {
        let (bottom, below) = y.addingReportingOverflow(other.height)
        let (right, beyond) = x.addingReportingOverflow(other.width)
        guard !below, !beyond, x < width, right > 0, y < height, bottom > 0 else { return }
        // A source byte covers at most two of ours; `shift` is the distance of its first dot from our byte's edge.
        let shift = ((x % 8) + 8) % 8
        let firstByte = (x - shift) / 8
        let (stride, otherStride) = (bytesPerRow, other.bytesPerRow)
        for row in max(0, y)..<min(height, bottom) {
            let source = (row - y) * otherStride
            let target = row * stride
            for index in 0..<otherStride {
                let dots = other.bytes[source + index]
                guard dots != 0 else { continue }
                let left = firstByte + index
                if left >= 0, left < stride { bytes[target + left] |= dots >> shift }
                if shift > 0, left >= -1, left + 1 < stride { bytes[target + left + 1] |= dots << (8 - shift) }
            }
        }
        clearPadding()
    }

    private func contains(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && x < width && y >= 0 && y < height
    }

    private func mask(_ x: Int) -> UInt8 {
        0x80 >> UInt8(x & 7)
    }

    private mutating func clearPadding() {
        guard width % 8 != 0 else { return }
        let kept = UInt8(truncatingIfNeeded: 0xFF00 >> (width % 8))
        for y in 0..<height { bytes[(y + 1) * bytesPerRow - 1] &= kept }
    }
}
