import Journey
import Logging
import Outbox
import Printing
import Receipts
import Runtime
import Sales

/// What to print, before the printer's format is known.
struct PaperOrder: Sendable {
    let content: PaperContent
    /// The same without the parts that a receipt can spare, for one that is too long for any roll.
    let brief: @Sendable () -> PaperContent
    let opensDrawer: Bool
}

/// A paper in its printer's format.
struct PrintJob: Sendable {
    let bytes: [UInt8]
    /// The size of each page of a PDF.
    var page: PageSize?
    /// What was left out of the paper, and why; nil if nothing was.
    var lacking: String?
}

extension PrintJob {
    func send(over session: any PrintSession) async throws(PrintingError) {
        if let page { await session.announce(page) }
        try await session.send(bytes)
    }
}

extension PrintWorker {
    func order(_ owed: OwedPrint) throws(SaleRejection) -> PaperOrder {
        let sale = try sale(of: owed)
        let link = papers.link(of: owed.registration, owed.invoice)
        // The drawer is at the sale's own printer, not at its fallback.
        let opensDrawer =
            settings.hasDrawer && owed.print.movedFrom == nil && owed.print.machine.isUnmarkedOriginal
            && sale.wasPaidInCash
        let kind = PaperKind(owed.print)
        return PaperOrder(
            content: papers.content(of: kind, for: sale, with: link),
            brief: { [papers] in papers.content(of: kind, for: sale, with: link, isBrief: true) },
            opensDrawer: opensDrawer)
    }

    /// Decoded once: when its paper is prepared, not again when its link comes. Staff may change its buyer in between.
    private func sale(of owed: OwedPrint) throws(SaleRejection) -> Sale {
        if let decoded, decoded.seq == owed.saleSeq, decoded.change == owed.kept.change { return decoded.sale }
        let sale = try papers.sale(owed.kept)
        decoded = (owed.saleSeq, owed.kept.change, sale)
        return sale
    }

    func make(_ order: PaperOrder, as format: PaperFormat) async throws -> PrintJob {
        let job: PrintJob
        do {
            job = try await make(order.content, openingDrawer: order.opensDrawer, as: format)
        } catch let error as ReceiptError where error.code == .paperTooLong {
            job = try await make(order.brief(), openingDrawer: order.opensDrawer, as: format)
        }
        await tellUndrawable()
        return job
    }

    private func make(
        _ content: PaperContent, openingDrawer: Bool, as format: PaperFormat
    ) async throws -> PrintJob {
        var job: PrintJob
        if case .pdf(let sizes) = format {
            if openingDrawer { reportDrawerOutOfReach() }
            job = try await pages(of: content.blocks, sizes)
        } else {
            let parts = [content.body, content.claim, content.tail]
            job = PrintJob(bytes: try await bytes(of: parts, openingDrawer: openingDrawer))
        }
        job.lacking = content.lacking
        return job
    }

    /// Each character once a run: it is missing until somebody installs a font.
    private func tellUndrawable() async {
        let missing = await papers.takeUndrawable()
        guard !missing.isEmpty else { return }
        logger.warning(
            "no font has these characters",
            metadata: [LogKey.characters: "\(missing.map(\.codePoint).joined(separator: " "))"])
    }

    func makeTestPage(as format: PaperFormat) async throws -> PrintJob {
        guard case .pdf(let sizes) = format else { return PrintJob(bytes: try await testPapers()) }
        return try await pages(of: papers.testPage(of: settings.printer, cut: nil), sizes)
    }

    /// The test page, after a strip for the cut that the page does not show, if the make has another.
    private func testPapers() async throws -> [UInt8] {
        let encoder = settings.printer.encoder
        let cut = encoder.cutMade(of: settings.cut)
        let other = cut == .none ? cut : encoder.cutMade(of: cut == .full ? .partial : .full)
        var bytes = encoder.initialise()
        if other != cut {
            bytes += encoder.image(try await papers.set(papers.testStrip(cut: other))) + encoder.cut(other)
        }
        return try await bytes
            + encoder.image(papers.set(papers.testPage(of: settings.printer, cut: cut))) + encoder.cut(cut)
    }

    private func bytes(of parts: [[Block]], openingDrawer: Bool = false) async throws(ReceiptError) -> [UInt8] {
        let encoder = settings.printer.encoder
        var bytes = (openingDrawer ? encoder.openDrawer() : []) + encoder.initialise()
        for part in parts where !part.isEmpty {
            bytes += try await encoded(part)
        }
        return bytes + encoder.cut(settings.cut)
    }

    private func pages(of blocks: [Block], _ sizes: PageSizes) async throws -> PrintJob {
        let receipt = PageSize(try await papers.extent(blocks))
        let printer = settings.printer
        // Eight dots are a millimetre.
        guard let page = sizes.page(for: receipt, printedWidth: printer.widthInDots * 100 / 8) else {
            throw PrintingError(
                .notReady,
                """
                The print server knows no paper for printer \(printer.name) that is as wide as its \(printer.widthInDots) \
                dots. Give the queue the sizes of its roll, or set paper = "58mm".
                """)
        }
        return PrintJob(bytes: try await papers.pdf(blocks, on: PageExtent(page)), page: page)
    }
}

extension PageSize {
    fileprivate init(_ extent: PageExtent) {
        self.init(width: Int((extent.width * 100).rounded(.up)), length: Int((extent.height * 100).rounded(.up)))
    }
}

extension PageExtent {
    fileprivate init(_ size: PageSize) {
        self.init(width: Double(size.width) / 100, height: Double(size.length) / 100)
    }
}
