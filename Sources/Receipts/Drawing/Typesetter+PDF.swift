import Raster

extension Typesetter {
    /// The page that the blocks need: as wide as the roll (80 mm for 576 dots, 58 mm for 384, otherwise the dots at
    /// eight a millimetre) and as high as they are.
    ///
    /// Throws `qrTooLong`, `paperTooLong`, or `drawing` when a library fails.
    public func extent(_ blocks: [Block]) throws(ReceiptError) -> PageExtent {
        PDFPaper.extent(width: metrics.width, rows: try layOut(blocks).height)
    }

    /// The blocks as a PDF, laid out dot for dot as ``set(_:)`` does: selectable text in embedded fonts, the QR code as
    /// shapes.
    ///
    /// Each page is as large as `page`, and the blocks stand at its top, in the middle of its width. Without `page` it
    /// is as large as the blocks need. Blocks longer than a page, or than 5,080 mm, go on on a further page.
    ///
    /// Throws `qrTooLong`, `paperTooLong`, or `drawing` when a library fails.
    public func pdf(_ blocks: [Block], on page: PageExtent? = nil) throws(ReceiptError) -> [UInt8] {
        let layout = try layOut(blocks)
        let width = page?.width ?? PDFPaper.extent(width: metrics.width, rows: 1).width
        let paper = try PDFPaper(width: metrics.width, pageWidth: width)
        for rows in layout.pages(ofAtMost: page.map { PDFPaper.rows(in: $0) } ?? PDFPaper.maximumPageHeight) {
            let needed = PDFPaper.extent(width: metrics.width, rows: rows.count)
            paper.beginPage(top: rows.lowerBound, height: page?.height ?? needed.height)
            for placement in layout.placements
            where placement.frame.y < rows.upperBound && placement.frame.bottom > rows.lowerBound {
                try draw(placement, on: paper)
            }
            paper.endPage()
        }
        return try paper.finish()
    }

    private func draw(_ placement: Placement, on paper: borrowing PDFPaper) throws(ReceiptError) {
        let frame = placement.frame
        switch placement.content {
        case .text(let spec, let isWhite):
            paper.draw(try shaper.layOut(spec), x: frame.x, y: frame.y, isWhite: isWhite)
        case .fill, .border, .dashes:
            paper.fill(placement.strokes)
        case .picture(let picture):
            try paper.draw(picture, x: frame.x, y: frame.y)
        case .code(let code):
            paper.fill(code.darkRuns(x: frame.x, y: frame.y))
        }
    }
}

extension PaperLayout {
    /// The rows, cut between blocks. A block is cut through only if it is higher than a page.
    func pages(ofAtMost limit: Int) -> [Range<Int>] {
        var pages: [Range<Int>] = []
        var top = 0
        var next = 0
        let frames = placements.map(\.frame).sorted { $0.y < $1.y }
        while height - top > limit {
            var cut = top + limit
            while next < frames.count, frames[next].y < cut { next += 1 }
            // Upwards to a row that no frame spans; few frames are above it.
            for frame in frames[..<next].reversed() where frame.y < cut && frame.bottom > cut && frame.y > top {
                cut = frame.y
            }
            pages.append(top..<cut)
            top = cut
        }
        return pages + [top..<height]
    }
}
