import Raster

/// The paper between the last cut and the head, as wide as the head is.
struct PaperStrip {
    let widthInDots: Int
    private let bytesPerRow: Int
    private var bytes: [UInt8] = []
    private(set) var rows = 0

    init(widthInDots: Int) {
        self.widthInDots = widthInDots
        bytesPerRow = (widthInDots + 7) / 8
    }

    var bitmap: Bitmap {
        Bitmap(width: widthInDots, height: rows, bytes: bytes) ?? Bitmap(width: widthInDots, height: 0)
    }

    mutating func feed(_ count: Int) {
        rows += count
        bytes += [UInt8](repeating: 0, count: count * bytesPerRow)
    }

    mutating func tearOff() {
        rows = 0
        bytes = []
    }

    /// Blackens the dots of a packed row on the paper's last row; dots outside `area` are lost.
    mutating func draw(_ packed: [UInt8], x: Int, scale: Int, area: Range<Int>) {
        guard rows > 0 else { return }
        let start = (rows - 1) * bytesPerRow
        if scale == 1, x % 8 == 0, area.lowerBound <= x, area.upperBound == widthInDots, widthInDots % 8 == 0 {
            let first = x / 8
            for (index, byte) in packed.prefix(bytesPerRow - min(first, bytesPerRow)).enumerated() {
                bytes[start + first + index] |= byte
            }
            return
        }
        for (index, byte) in packed.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (0x80 >> UInt8(bit)) != 0 {
                let left = x + (index * 8 + bit) * scale
                for dot in left..<left + scale where area.contains(dot) {
                    bytes[start + dot / 8] |= 0x80 >> UInt8(dot % 8)
                }
            }
        }
    }
}
