import Journey
import Logging
import Outbox
import Printing
import Receipts
import Sales

/// What is to come out, before it is known what the printer takes it as.
struct PaperOrder: Sendable {
    let content: PaperContent
    let carriesQR: Bool
    let opensDrawer: Bool
}

/// A paper as its printer takes it.
struct PrintJob: Sendable {
    let bytes: [UInt8]
    /// How large each page of a PDF is.
    var page: PageSize?
}

extension PrintJob {
    func send(over session: any PrintSession) async throws(PrintingError) {
        if let page { await session.announce(page) }
        try await session.send(bytes)
    }
}

extension Press {
    func order(_ owed: OwedPrint) throws(SaleRejection) -> PaperOrder {
        let sale = try papers.sale(kept: owed.event, terms: owed.terms)
        let url = owed.registration.serviceURL
        // The drawer is at the sale's own printer, not at its fallback.
        let opensDrawer =
            settings.hasDrawer && owed.print.movedFrom == nil && owed.print.machine.isUnmarkedOriginal
            && sale.receipt.wasPaidInCash
        return PaperOrder(
            content: papers.content(of: PaperKind(owed.print), for: sale, serviceURL: url), carriesQR: url != nil,
            opensDrawer: opensDrawer)
    }

    func make(_ order: PaperOrder, as format: PaperFormat) async throws -> PrintJob {
        guard case .pdf(let sizes) = format else {
            let parts = [order.content.body, order.content.claim, order.content.tail]
            return PrintJob(bytes: try await bytes(of: parts, openingDrawer: order.opensDrawer))
        }
        if order.opensDrawer { noteDrawerOutOfReach() }
        return try await pages(of: order.content.blocks, sizes)
    }

    func makeTestPage(as format: PaperFormat) async throws -> PrintJob {
        guard case .pdf(let sizes) = format else { return PrintJob(bytes: try await testPapers()) }
        return try await pages(of: papers.testPage(of: settings.printer, cut: nil), sizes)
    }

    /// The test page, after a strip for the cut that the page does not show, where the make has another.
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
