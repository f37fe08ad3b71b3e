public import Sales

extension ReceiptDocument {
    /// How the customer gets the electronic document, or a full tax invoice.
    public func claim(_ claim: Claim) -> [Block] {
        switch claim {
        case .none:
            return []
        case .later:
            return [.rule(.dashed)] + fromShop(withoutLink.fromShop)
        case .refused:
            return [.rule(.dashed)] + fromShop(withoutLink.refused ?? withoutLink.fromShop)
        case .withdrawn:
            return [.rule(.dashed)] + small(.documentWithdrawn)
        case .replaced:
            return [.rule(.dashed)] + Wording.replacedByFullInvoice.lines(language).map { .text($0, .body, .center) }
        case .tooLong:
            return [.rule(.dashed)] + small(.linkTooLong) + fromShop(withoutLink.fromShop)
        case .page(let url, let offer):
            return [.rule(.dashed)] + invitation(to: url, offering: offer)
        }
    }

    /// What the shop can do is the same with every provider.
    private var withoutLink: ClaimWording { ClaimWording(of: sale, hasVAT: hasVAT, offer: .document) }

    private func fromShop(_ offer: Wording) -> [Block] { small(offer) + [.text(sale.number, .strong, .center)] }

    private func small(_ sentence: Wording) -> [Block] { sentence.lines(language).map { .text($0, .small, .center) } }

    /// A paper with only the QR, for a link that came after the receipt. It says which receipt it belongs to, and that
    /// it is no receipt itself.
    public static func qrSlip(
        sale: Sale, store: StoreIdentity, style: ReceiptStyle, url: String, offers offer: LinkOffer
    ) -> [Block] {
        let document = ReceiptDocument(sale: sale, store: store, style: style)
        let language = style.language
        var blocks = sandboxBanner(style)
        blocks.append(.text(Wording.notTaxInvoice.thai, .title, .center))
        if language != .thai { blocks.append(.text(Wording.notTaxInvoice.english, .small, .center)) }
        blocks += [
            .text(store.name, .strong, .center),
            .rule(.dashed),
            .columns(
                left: "\((sale.isOnCredit ? Wording.forBill : .forReceipt).line(language)) \(sale.number)",
                right: BangkokTime.text(sale.issuedAt, era: style.era), .body),
            .amount(
                AmountRow(
                    name: Wording.total.line(language), amount: sale.totals.total.grouped, role: .strong)),
            .rule(.dashed),
        ]
        return blocks + document.invitation(to: url, offering: offer)
    }

    private func invitation(to url: String, offering offer: LinkOffer) -> [Block] {
        let wording = ClaimWording(of: sale, hasVAT: hasVAT, offer: offer)
        return wording.heading.lines(language).map { .text($0, .strong, .center) } + [.qr(url)] + small(wording.scan)
            + (wording.notThere.map(small) ?? [])
            + (wording.alsoFromShop.map { [.space(.small)] + fromShop($0) } ?? [])
    }
}
