import Raster

/// The black dots of one row.
struct InkRow {
    /// The row's dots, the leftmost in the highest bit of the first word.
    private let words: [UInt64]
    /// How many stretches of black there are.
    let runs: Int
    /// How many dots are black.
    let ink: Int

    static func rows(of bitmap: Bitmap) -> [InkRow] {
        let stride = bitmap.bytesPerRow
        return bitmap.bytes.withUnsafeBufferPointer { bytes in
            (0..<bitmap.height).map { InkRow(UnsafeBufferPointer(rebasing: bytes[$0 * stride..<($0 + 1) * stride])) }
        }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var words: [UInt64] = []
        var word: UInt64 = 0
        for index in bytes.indices {
            word = word << 8 | UInt64(bytes[index])
            if index % 8 == 7 {
                words.append(word)
                word = 0
            }
        }
        if bytes.count % 8 != 0 { words.append(word << UInt64(8 * (8 - bytes.count % 8))) }
        self.words = words
        runs = Self.runs(in: words[...])
        ink = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// Stretches of black among the first dots; `width` is a multiple of 64.
    func leftRuns(_ width: Int) -> Int { Self.runs(in: words.prefix(width / 64)) }

    private static func runs(in words: ArraySlice<UInt64>) -> Int {
        var runs = 0
        var before: UInt64 = 0
        for word in words where word != 0 || before != 0 {
            runs += (word & ~(word >> 1 | before << 63)).nonzeroBitCount
            before = word & 1
        }
        return runs
    }
}
