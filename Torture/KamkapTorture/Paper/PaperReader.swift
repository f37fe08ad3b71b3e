import Raster

/// Reads which sales' receipts are on a piece of paper, without asking the gateway.
///
/// The store's name is a row of strokes, so a receipt's beginning is visible. A frame between the title and the first
/// rule is the mark of a reprint. The names of the items are the digits of the sale's number. A receipt that broke off
/// stands above the next paper, on the same piece. On a QR slip the store's name is smaller.
struct PaperReader {
    static let width = 384
    /// Strokes in the store's name.
    static let headStrokes = 24

    /// One receipt, whole or broken off, or a QR slip.
    struct Reading: Sendable, Equatable {
        let isSlip: Bool
        /// Nil if it broke off before all of them.
        let digits: [Int]?
        let isMarked: Bool
        /// From its last rule on: where a QR is, if there is one.
        let claim: Range<Int>
        /// Rules from its head on: too many mean another paper without a head.
        let rules: Int
    }

    /// The store's name is in the middle; a name and its amount, which may have as many strokes together, begin at the
    /// edge.
    private static let margin = 64
    /// This many rows of equal strokes make a name, whatever its serifs.
    private static let leastRows = 6
    /// On a receipt there are some 17 such rows, on a slip 12.
    private static let receiptRows = 15
    /// The frame of a mark is nearly as wide as the paper.
    private static let frameWidth = 300
    private static let dashes = 25
    /// Names stand on the left, amounts on the right.
    private static let nameWidth = 256

    private let rows: [InkRow]

    init(_ bitmap: Bitmap) { rows = InkRow.rows(of: bitmap) }

    /// The receipts and slips from top to bottom.
    func readings() -> [Reading] {
        let heads = heads()
        return heads.indices.map { index in
            let end = index + 1 < heads.count ? heads[index + 1].lowerBound : rows.count
            return reading(heads[index].lowerBound..<end, isSlip: heads[index].count < Self.receiptRows)
        }
    }

    /// The rows of the store's names.
    private func heads() -> [Range<Int>] {
        var heads: [Range<Int>] = []
        var start: Int?
        for y in 0...rows.count {
            let isHead =
                y < rows.count && rows[y].runs == Self.headStrokes && rows[y].leftRuns(Self.margin) == 0
            if isHead {
                start = start ?? y
            } else if let begun = start {
                if y - begun >= Self.leastRows { heads.append(begun..<y) }
                start = nil
            }
        }
        return heads
    }

    private func reading(_ range: Range<Int>, isSlip: Bool) -> Reading {
        let lines = lines(in: range)
        let rules = lines.indices.filter { isRule(lines[$0]) }
        let heading = rules.first.map { lines[..<$0] } ?? lines[...]
        let isMarked = heading.contains { line in
            line.contains { rows[$0].runs == 1 && rows[$0].ink >= Self.frameWidth }
        }
        var digits: [Int]?
        if rules.count > 1, !isSlip {
            digits = lines[rules[0]..<rules[1]].dropFirst().map { strokes(in: $0) - 1 }
        }
        return Reading(
            isSlip: isSlip, digits: digits, isMarked: isMarked,
            claim: (rules.last.map { lines[$0].upperBound } ?? range.lowerBound)..<range.upperBound, rules: rules.count)
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

    /// The most frequent stroke count of a name's rows.
    private func strokes(in line: Range<Int>) -> Int {
        var count: [Int: Int] = [:]
        for y in line { count[rows[y].leftRuns(Self.nameWidth), default: 0] += 1 }
        return count.max { $0.value < $1.value }?.key ?? 0
    }
}
