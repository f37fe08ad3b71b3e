import Raster

/// Pictures that show what a print head can and cannot do.
enum TestPattern {
    /// The rows of dots that a ruler's marks take, without its figures.
    private static let markHeight = 28
    /// Digits of 3 × 5 cells, each octal figure a row, so the ruler needs no font.
    private static let digits = [
        0o75557, 0o26227, 0o71747, 0o71717, 0o55711, 0o74717, 0o74757, 0o71111, 0o75757, 0o75717,
    ]

    /// A ruler from the first dot to the last, in millimetres of eight dots, with a figure each centimetre.
    static func ruler(width: Int) -> Bitmap {
        var ruler = Bitmap(width: width, height: markHeight + 22)
        fill(&ruler, 0..<width, 0..<2)
        for millimetre in 0...width / 8 {
            let height = millimetre.isMultiple(of: 10) ? markHeight : millimetre.isMultiple(of: 5) ? 20 : 12
            let isStrong = millimetre.isMultiple(of: 10)
            fill(&ruler, millimetre * 8..<millimetre * 8 + (isStrong ? 2 : 1), 0..<height)
            guard isStrong, millimetre > 0 else { continue }
            draw(millimetre, on: &ruler, middle: millimetre * 8, top: markHeight + 5)
        }
        // The last dot of the paper: if it is missing in print, the width is set too large.
        fill(&ruler, width - 2..<width, 0..<markHeight)
        return ruler
    }

    /// Eight fields from an eighth of the dots to all of them, and below them lines of one, two and four dots.
    static func greys(width: Int) -> Bitmap {
        // Bayer's ordered dither: the bits of a field's coordinates, interleaved.
        func threshold(_ x: Int, _ y: Int) -> Int {
            (0..<3).reduce(0) { sum, bit in
                let (x, y) = (x >> bit & 1, y >> bit & 1)
                return sum | ((x ^ y) << 1 | y) << (2 * (2 - bit))
            }
        }
        let (fields, height) = (8, 56)
        let side = width / fields
        var greys = Bitmap(width: side * fields, height: height + 8 + 32)
        for y in 0..<height {
            for x in 0..<greys.width where threshold(x, y) < (x / side + 1) * 64 / fields { greys[x, y] = true }
        }
        for y in height + 8..<greys.height {
            for x in 0..<greys.width {
                let third = x * 4 / greys.width
                greys[x, y] =
                    switch third {
                    case 0: x.isMultiple(of: 2)
                    case 1: (x / 2).isMultiple(of: 2)
                    case 2: (y / 2).isMultiple(of: 2)
                    default: (x / 4 + y / 4).isMultiple(of: 2)
                    }
            }
        }
        return greys
    }

    /// Pictures beside each other, aligned at their lower edges, as many in a row as fit on the paper.
    static func rows(of pictures: [Bitmap], width: Int) -> [Bitmap] {
        var rows: [[Bitmap]] = []
        for picture in pictures {
            if let last = rows.last, (last + [picture]).reduce(0, { $0 + $1.width }) <= width {
                rows[rows.count - 1].append(picture)
            } else {
                rows.append([picture])
            }
        }
        return rows.map { row in
            var joined = Bitmap(width: row.reduce(0) { $0 + $1.width }, height: row.map(\.height).max() ?? 0)
            var x = 0
            for picture in row {
                joined.draw(picture, x: x, y: joined.height - picture.height)
                x += picture.width
            }
            return joined
        }
    }

    private static func draw(_ number: Int, on bitmap: inout Bitmap, middle: Int, top: Int) {
        let cell = 3
        let figures = String(number).compactMap(\.wholeNumberValue)
        let left = min(middle - figures.count * 2 * cell, bitmap.width - figures.count * 4 * cell)
        for (index, figure) in figures.enumerated() {
            for row in 0..<5 {
                for column in 0..<3 where digits[figure] >> (3 * (4 - row) + 2 - column) & 1 == 1 {
                    let x = left + (index * 4 + column) * cell
                    fill(&bitmap, x..<x + cell, top + row * cell..<top + (row + 1) * cell)
                }
            }
        }
    }

    private static func fill(_ bitmap: inout Bitmap, _ columns: Range<Int>, _ rows: Range<Int>) {
        for y in rows { for x in columns { bitmap[x, y] = true } }
    }
}
