/// Where a row of the table stands in its text.
struct PlaceRow: Sendable {
    let id: UInt32
    /// The Thai name's first byte.
    private let start: UInt32
    private let thaiLength: UInt8
    private let englishLength: UInt8
    private let codesLength: UInt8

    /// - Parameters:
    ///   - thai, english, postCodes: follow each other, with one byte between.
    /// - Returns: nil if a part is too long for a row.
    init?(id: UInt32, thai: Range<Int>, english: Range<Int>, postCodes: Range<Int>) {
        guard let start = UInt32(exactly: thai.lowerBound), let thaiLength = UInt8(exactly: thai.count),
            let englishLength = UInt8(exactly: english.count), let codesLength = UInt8(exactly: postCodes.count)
        else { return nil }
        self.id = id
        self.start = start
        self.thaiLength = thaiLength
        self.englishLength = englishLength
        self.codesLength = codesLength
    }

    var thai: Range<Int> { Int(start)..<Int(start) + Int(thaiLength) }
    var english: Range<Int> { thai.upperBound + 1..<thai.upperBound + 1 + Int(englishLength) }
    /// Five digits each, with a space between; empty for an amphoe and a changwat.
    var postCodes: Range<Int> {
        codesLength == 0 ? 0..<0 : english.upperBound + 1..<english.upperBound + 1 + Int(codesLength)
    }
}
