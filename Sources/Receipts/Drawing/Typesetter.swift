public import Raster

/// Sets blocks on paper of one width and draws them in black and white at the head's resolution.
///
/// One typesetter serves a printer for as long as it runs: its fonts stay loaded, and the texts of every receipt stay
/// shaped.
public actor Typesetter {
    /// Rows drawn at a time, so paper may be longer than cairo's surfaces.
    private static let stretchHeight = 1_024

    let shaper: TextShaper
    let metrics: PaperMetrics

    /// - Parameters:
    ///   - fontFamily: as fontconfig names it.
    ///   - fallbackFonts: families for characters that it lacks, in this order, before the machine's other fonts.
    ///     Families that are not installed are skipped: see ``missingFonts(of:)``.
    ///   - widthInDots: the printable width, 256 to 2,400 dots: 384 on 58 mm paper, 576 on 80 mm paper.
    ///
    /// Throws `fontMissing` if the font is not installed, `paperWidth` for paper that is too narrow or too wide.
    public init(fontFamily: String, fallbackFonts: [String] = [], widthInDots: Int) throws(ReceiptError) {
        metrics = try PaperMetrics(width: widthInDots)
        shaper = try TextShaper(family: fontFamily, fallbacks: fallbackFonts)
    }

    /// Which of these families are not installed.
    public static func missingFonts(of families: [String]) -> [String] {
        families.filter { FontFace.faces(of: $0).isEmpty }
    }

    /// An installed family that has Thai, to replace a missing one; nil if there is none.
    public static func substituteFont() -> String? { FontFace.thaiFamily() }

    /// The characters that no installed font has, each reported once; paper shows U+FFFD for them.
    public func takeUndrawable() -> [Unicode.Scalar] { shaper.takeUndrawable() }

    /// The blocks as a bitmap of the paper's width, as high as they need.
    ///
    /// Throws `qrTooLong`, `paperTooLong`, or `drawing` when a library fails.
    public func set(_ blocks: [Block]) throws(ReceiptError) -> Bitmap {
        try draw(try layOut(blocks))
    }

    /// The positions of the blocks, the same for each way to draw them.
    func layOut(_ blocks: [Block]) throws(ReceiptError) -> PaperLayout {
        try PaperLayout(blocks, on: metrics) { spec throws(ReceiptError) in try shaper.layOut(spec).size }
    }

    private func draw(_ layout: PaperLayout) throws(ReceiptError) -> Bitmap {
        let bytesPerRow = (metrics.width + 7) / 8
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bytesPerRow * layout.height)
        let surface = try InkSurface(width: metrics.width, height: max(1, min(Self.stretchHeight, layout.height)))
        for top in stride(from: 0, to: layout.height, by: Self.stretchHeight) {
            let bottom = min(top + Self.stretchHeight, layout.height)
            if top > 0 { surface.clear() }
            // Marks may extend a little beyond their line.
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
            switch placement.content {
            case .picture(let bitmap): paper.draw(bitmap, x: placement.frame.x, y: placement.frame.y)
            case .code(let code): paper.draw(code.bitmap, x: placement.frame.x, y: placement.frame.y)
            case .text, .fill, .border, .dashes: break
            }
        }
        return paper
    }

    private func draw(_ placement: Placement, on surface: borrowing InkSurface, top: Int) throws(ReceiptError) {
        switch placement.content {
        case .text(let spec, let isWhite):
            let frame = placement.frame
            surface.draw(try shaper.layOut(spec), x: frame.x, y: frame.y - top, isWhite: isWhite)
        case .fill, .border, .dashes:
            for stroke in placement.strokes {
                surface.fill(x: stroke.x, y: stroke.y - top, width: stroke.width, height: stroke.height)
            }
        case .picture, .code:
            break
        }
    }
}
