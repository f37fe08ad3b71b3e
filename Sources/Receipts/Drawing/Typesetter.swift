public import Raster

/// Sets blocks on paper of one width and draws them in black and white at the head's resolution.
///
/// One typesetter serves a printer for as long as it runs: its fonts stay loaded, and the texts that stand on every
/// receipt stay shaped.
public actor Typesetter {
    /// Drawn at a time, so that paper may be longer than cairo's surfaces.
    private static let stretchHeight = 1_024

    private let shaper: TextShaper
    private let metrics: PaperMetrics

    /// - Parameters:
    ///   - fontFamily: as fontconfig names it.
    ///   - widthInDots: the printable width, 256 to 2,400 dots: 384 on 58 mm paper, 576 on 80 mm paper.
    ///
    /// Throws `fontMissing` where the font is not installed, `paperWidth` for paper that is too narrow or too wide.
    public init(fontFamily: String, widthInDots: Int) throws(ReceiptError) {
        metrics = try PaperMetrics(width: widthInDots)
        shaper = try TextShaper(family: fontFamily)
    }

    /// The blocks as a bitmap of the paper's width, as high as they need.
    ///
    /// Throws `qrTooLong`, `paperTooLong`, or `drawing` when a library fails.
    public func set(_ blocks: [Block]) throws(ReceiptError) -> Bitmap {
        let layout = try PaperLayout(blocks, on: metrics) { spec throws(ReceiptError) in
            try shaper.layOut(spec).size
        }
        return try draw(layout)
    }

    private func draw(_ layout: PaperLayout) throws(ReceiptError) -> Bitmap {
        let bytesPerRow = (metrics.width + 7) / 8
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bytesPerRow * layout.height)
        let surface = try InkSurface(width: metrics.width, height: max(1, min(Self.stretchHeight, layout.height)))
        for top in stride(from: 0, to: layout.height, by: Self.stretchHeight) {
            let bottom = min(top + Self.stretchHeight, layout.height)
            if top > 0 { surface.clear() }
            // Marks may stand a little outside their line.
            let overhang = metrics.headingSize
            for placement in layout.placements
            where placement.frame.y - overhang < bottom && placement.frame.bottom + overhang > top {
                try draw(placement, on: surface, top: top)
            }
            try surface.pack(rows: bottom - top, bytesPerRow: bytesPerRow, into: &bytes)
        }
        guard var paper = Bitmap(width: metrics.width, height: layout.height, bytes: bytes) else {
            throw ReceiptError(.drawing, "the drawn paper is not as high as it was laid out; please report this")
        }
        for placement in layout.placements {
            if case .picture(let bitmap) = placement.content {
                paper.draw(bitmap, x: placement.frame.x, y: placement.frame.y)
            }
        }
        return paper
    }

    private func draw(_ placement: Placement, on surface: borrowing InkSurface, top: Int) throws(ReceiptError) {
        let frame = placement.frame
        let y = frame.y - top
        switch placement.content {
        case .text(let spec, let isWhite):
            surface.draw(try shaper.layOut(spec), x: frame.x, y: y, isWhite: isWhite)
        case .fill:
            surface.fill(x: frame.x, y: y, width: frame.width, height: frame.height)
        case .border(let strength):
            surface.fill(x: frame.x, y: y, width: frame.width, height: strength)
            surface.fill(x: frame.x, y: y + frame.height - strength, width: frame.width, height: strength)
            surface.fill(x: frame.x, y: y, width: strength, height: frame.height)
            surface.fill(x: frame.right - strength, y: y, width: strength, height: frame.height)
        case .dashes(let length):
            for x in stride(from: frame.x, to: frame.right, by: 2 * length) {
                surface.fill(x: x, y: y, width: min(length, frame.right - x), height: frame.height)
            }
        case .picture:
            break
        }
    }
}
