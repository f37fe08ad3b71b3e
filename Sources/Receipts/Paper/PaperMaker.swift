public import Raster
public import Sales

/// Makes the papers of one printer: the store's particulars joined with a sale's, set for the width of its head.
public struct PaperMaker: Sendable {
    private let store: StoreIdentity
    private let style: ReceiptStyle
    /// The Revenue Department's numbers of the cash registers, by terminal.
    private let registers: [String: String]
    private let defaults: SaleDefaults
    private let offers: [ServiceName: LinkOffer]
    private let typesetter: Typesetter
    public let widthInDots: Int

    /// - Parameters:
    ///   - store: with its logo dithered for this width.
    ///   - defaults: what the configuration adds to a sale.
    ///   - offers: what is behind each provider's links, also of those that are configured no more.
    public init(
        store: StoreIdentity, style: ReceiptStyle, registers: [String: String], defaults: SaleDefaults,
        offers: [ServiceName: LinkOffer], widthInDots: Int
    ) throws(ReceiptError) {
        self.store = store
        self.style = style
        self.registers = registers
        self.defaults = defaults
        self.offers = offers
        self.widthInDots = widthInDots
        typesetter = try Typesetter(
            fontFamily: style.fonts.family, fallbackFonts: style.fonts.fallbacks, widthInDots: widthInDots)
    }

    public func sale(_ kept: KeptSale) throws(SaleRejection) -> Sale {
        try SaleDecoder(defaults: defaults).decode(kept).sale
    }

    /// What is behind this provider's links. A paper promises no more than is known of it.
    public func offer(of provider: ServiceName) -> LinkOffer { offers[provider] ?? .document }

    /// What a paper says, in its three parts. A link that does not fit on it is left out, which the paper then says.
    ///
    /// - Parameter isBrief: whether a receipt that became too long is to be without descriptions and notes.
    public func content(
        of kind: PaperKind, for sale: Sale, with link: PaperLink, isBrief: Bool = false
    ) -> PaperContent {
        let claim = claim(link)
        let lacking = [
            claim == .tooLong ? noRoom(for: link) : nil,
            kind == .qrSlip ? whyNoSlip(claim) : nil,
            isBrief ? "no descriptions and notes: the paper would be too long" : nil,
        ].compactMap(\.self).joined(separator: "; ")
        var content = PaperContent(lacking: lacking.isEmpty ? nil : lacking)
        if case .page = claim { content.carriesQR = true }
        switch kind {
        case .receipt(let mark):
            let document = ReceiptDocument(
                sale: sale, store: store, registerID: sale.terminalID.flatMap { registers[$0] }, style: style,
                mark: mark, isBrief: isBrief, isWithdrawn: claim == .withdrawn)
            (content.body, content.claim, content.tail) = (document.body, document.claim(claim), document.tail)
        case .qrSlip:
            guard case .page(let url, let offer) = claim else { break }
            content.body = ReceiptDocument.qrSlip(sale: sale, store: store, style: style, url: url, offers: offer)
        }
        return content
    }

    private func claim(_ link: PaperLink) -> Claim {
        switch link {
        case .there(let url, let offer):
            QRCode.fits(url, paperWidth: widthInDots) ? .page(url, offers: offer) : .tooLong
        case .awaited: .later
        case .refused: .refused
        case .withdrawn: .withdrawn
        case .replaced: .replaced
        }
    }

    /// Why a slip, which is nothing but the QR, has none. Nil if it has one, or if that is told already.
    private func whyNoSlip(_ claim: Claim) -> String? {
        switch claim {
        case .withdrawn: "no QR: the sale's document was withdrawn"
        case .replaced: "no QR: a full tax invoice was made in place of the receipt"
        default: nil
        }
    }

    private func noRoom(for link: PaperLink) -> String {
        let size = if case .there(let url, _) = link { url.utf8.count } else { 0 }
        return
            "no QR: the link of \(size) bytes does not fit on paper of \(widthInDots) dots as a code that phones read"
    }

    /// What of the papers set so far no font has, told once.
    public func takeUndrawable() async -> [Unicode.Scalar] { await typesetter.takeUndrawable() }

    public func set(_ blocks: [Block]) async throws(ReceiptError) -> Bitmap {
        try await typesetter.set(blocks)
    }

    /// The original of a sale that no gateway has seen: what `kamkap preview` shows.
    ///
    /// - Returns: the picture, and what was left out of it, and why; nil where nothing was.
    public func preview(_ sale: Sale, with link: PaperLink) async throws(ReceiptError) -> (Bitmap, lacking: String?) {
        let content = content(of: .receipt(.none), for: sale, with: link)
        do {
            return (try await set(content.blocks), content.lacking)
        } catch {
            guard error.code == .paperTooLong else { throw error }
            let brief = self.content(of: .receipt(.none), for: sale, with: link, isBrief: true)
            return (try await set(brief.blocks), brief.lacking)
        }
    }

    /// The page that the paper needs.
    public func extent(_ blocks: [Block]) async throws(ReceiptError) -> PageExtent {
        try await typesetter.extent(blocks)
    }

    /// The paper as pages of vectors, each as large as it needs or as `page` says.
    public func pdf(_ blocks: [Block], on page: PageExtent? = nil) async throws(ReceiptError) -> [UInt8] {
        try await typesetter.pdf(blocks, on: page)
    }

    /// Sets something small, so that the first customer does not wait for fonts to be read.
    public func warmUp() async {
        _ = try? await set([.text("ใบกำกับภาษีอย่างย่อ 0123456789", .title, .center)])
    }
}
