import Sales

extension ReceiptDocument {
    /// Who sells, what this paper is, and which sale it is for.
    var heading: [Block] {
        Self.sandboxBanner(style) + seller + title + markBanner + [.space(.small)] + reference
    }

    /// The heading of every paper of a sandbox.
    static func sandboxBanner(_ style: ReceiptStyle) -> [Block] {
        guard style.isSandbox else { return [] }
        return [.banner(Wording.sandbox.statutoryLines(style.language), .reversed), .space(.medium)]
    }

    private var seller: [Block] {
        var blocks: [Block] = store.logo.map { [.image($0), .space(.small)] } ?? []
        blocks.append(.text(store.name, .heading, .center))
        var lines = store.address
        if let phone = store.phone { lines.append("\(Wording.phone.line(language)) \(phone)") }
        lines += style.header
        lines.append("\(Wording.taxID.statutoryLine(language)) \(store.taxID.text)")
        lines.append(StoreIdentity.text(store.branchID, language))
        if let registerID { lines.append("\(Wording.registerID.statutoryLine(language)) \(registerID)") }
        return blocks + lines.map { .text($0, .small, .center) }
    }

    private var title: [Block] {
        // Who owes the money has no receipt for it.
        let wording: Wording = sale.isOnCredit ? .bill : isTaxInvoice ? .abbreviatedTaxInvoice : .receipt
        var blocks: [Block] = [.space(.medium), .text(wording.thai, .title, .center)]
        if language != .thai { blocks.append(.text(wording.english, .small, .center)) }
        return blocks
    }

    private var markBanner: [Block] {
        switch mark {
        case .none: []
        case .copy(let number): [.space(.small), .banner(["\(Wording.copy) \(number)"], .boxed)] + replacement
        case .reprint: [.space(.small), .banner([Wording.reprint], .boxed)] + replacement
        }
    }

    /// The customer has a paper that says something else of the buyer.
    private var replacement: [Block] {
        guard sale.isChanged else { return [] }
        let wording: Wording = sale.isOnCredit ? .replacesEarlierBill : .replacesEarlier
        return wording.lines(language).map { .text($0, .small, .center) }
    }

    private var reference: [Block] {
        var blocks: [Block] = [
            .columns(
                left: "\(Wording.number.line(language)) \(sale.number)",
                right: BangkokTime.text(sale.issuedAt, era: style.era), .body)
        ]
        if let day = sale.dueOn {
            blocks.append(
                .columns(
                    left: Wording.due.line(language), right: BangkokTime.text(day, era: style.era), .strong))
        }
        let cashier = sale.receipt.cashier.flatMap {
            $0.isBlank ? nil : "\(Wording.cashier.line(language)) \($0)"
        }
        let terminal = sale.terminalID.map { "\(Wording.terminal.line(language)) \($0)" }
        switch (cashier, terminal) {
        case (let cashier?, let terminal?): blocks.append(.columns(left: cashier, right: terminal, .small))
        case (let only?, nil), (nil, let only?): blocks.append(.text(PaperText.line(only), .small, .left))
        case (nil, nil): break
        }
        return blocks
    }
}
