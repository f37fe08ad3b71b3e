public import Sales

extension ReceiptDocument {
    /// How the customer gets a full tax invoice.
    public func claim(_ claim: Claim) -> [Block] {
        switch claim {
        case .none:
            return []
        case .later:
            return [.rule(.dashed)] + fromShop
        case .tooLong:
            return [.rule(.dashed)] + Wording.linkTooLong.lines(language).map { .text($0, .small, .center) } + fromShop
        case .url(let url):
            return [.rule(.dashed)] + Self.invitation(to: url, for: self)
        }
    }

    private var fromShop: [Block] {
        let offer: Wording = isTaxInvoice ? .invoiceFromShop : .documentFromShop
        return offer.lines(language).map { .text($0, .small, .center) } + [.text(sale.number, .strong, .center)]
    }

    /// A paper with only the QR, for a link that came after the receipt. It says which receipt it belongs to, and that
    /// it is no receipt itself.
    public static func qrSlip(sale: Sale, store: StoreIdentity, style: ReceiptStyle, url: String) -> [Block] {
        let document = ReceiptDocument(sale: sale, store: store, style: style)
        let language = style.language
        var blocks = sandboxBanner(style)
        blocks.append(.text(Wording.notTaxInvoice.thai, .title, .center))
        if language != .thai { blocks.append(.text(Wording.notTaxInvoice.english, .small, .center)) }
        blocks += [
            .text(store.name, .strong, .center),
            .rule(.dashed),
            .columns(
                left: "\(Wording.forReceipt.line(language)) \(sale.number)",
                right: BangkokTime.text(sale.issuedAt, era: style.era), .body),
            .amount(
                AmountRow(
                    name: Wording.total.line(language), amount: sale.totals.total.grouped, role: .strong)),
            .rule(.dashed),
        ]
        return blocks + invitation(to: url, for: document)
    }

    private static func invitation(to url: String, for document: ReceiptDocument) -> [Block] {
        let (question, answer): (Wording, Wording) =
            document.isTaxInvoice
            ? (.wantFullInvoice, .scanForInvoice) : (.wantDocument, .scanForDocument)
        return question.lines(document.language).map { .text($0, .strong, .center) }
            + [.qr(url)] + answer.lines(document.language).map { .text($0, .small, .center) }
    }
}
