import Raster

/// Reads from a piece of paper which sales' receipts are on it, without anything that the gateway says of them.
///
/// The store's name is a row of strokes, so a receipt's beginning is seen; a frame between the title and the first rule is
/// the mark of a reprint; the names of the items are the digits of the sale's number. A receipt that broke off stands
/// above the next one, on the same piece.
struct PaperReader {
    static let width = 384
    /// Strokes in the store's name.
    static let headStrokes = 24

    /// One receipt, whole or broken off.
    struct Reading: Sendable, Equatable {
        /// Nil where it broke off before all of them.
        let digits: [Int]?
        let isMarked: Bool
        /// From its last rule on: where a QR is, if there is one.
        let claim: Range<Int>
    }

    /// The store's name is in the middle; a name and its amount, which may have as many strokes together, begin at the edge.
    private static let margin = 64
    /// Rows of equal strokes that make a name, whatever its serifs are.
    private static let leastRows = 6
    /// The frame of a mark is nearly as wide as the paper.
    private static let frameWidth = 300
    private static let dashes = 25
    /// Names stand on the left, amounts on the right.
    private static let nameWidth = 256

    private let rows: [InkRow]

    init(_ bitmap: Bitmap) { rows = InkRow.rows(of: bitmap) }

    /// The receipts from top to bottom. A QR slip is none.
    func readings() -> [Reading] {
        let heads = heads()
        return heads.indices.map { index in
            let end = index + 1 < heads.count ? heads[index + 1] : rows.count
            return reading(heads[index]..<end)
        }
    }

    /// Where the store's name begins.
    private func heads() -> [Int] {
        var heads: [Int] = []
        var run = 0
        for y in rows.indices {
            let isHead = rows[y].runs == Self.headStrokes && rows[y].leftRuns(Self.margin) == 0
            run = isHead ? run + 1 : 0
            if run == Self.leastRows { heads.append(y - run + 1) }
        }
        return heads
    }

    private func reading(_ range: Range<Int>) -> Reading {
        let lines = lines(in: range)
        let rules = lines.indices.filter { isRule(lines[$0]) }
        let heading = rules.first.map { lines[..<$0] } ?? lines[...]
        let isMarked = heading.contains { line in
            line.contains { rows[$0].runs == 1 && rows[$0].ink >= Self.frameWidth }
        }
        var digits: [Int]?
        if rules.count > 1 {
            digits = lines[rules[0]..<rules[1]].dropFirst().map { strokes(in: $0) - 1 }
        }
        return Reading(
            digits: digits, isMarked: isMarked,
            claim: (rules.last.map { lines[$0].upperBound } ?? range.lowerBound)..<range.upperBound)
    }

    /// Rows with ink, from one blank row to the next.
    private func lines(in range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start: Int?
        for y in range {
            if rows[y].runs > 0 {
                start = start ?? y
            } else if let begun = start {
                lines.append(begun..<y)
                start = nil
            }
        }
        if let start { lines.append(start..<range.upperBound) }
        return lines
    }

    private func isRule(_ line: Range<Int>) -> Bool {
        line.count <= 4
            && line.allSatisfy { rows[$0].runs >= Self.dashes && rows[$0].runs == rows[line.lowerBound].runs }
    }

    /// What most rows of a name have.
    private func strokes(in line: Range<Int>) -> Int {
        var count: [Int: Int] = [:]
        for y in line { count[rows[y].leftRuns(Self.nameWidth), default: 0] += 1 }
        return count.max { $0.value < $1.value }?.key ?? 0
    }
}
