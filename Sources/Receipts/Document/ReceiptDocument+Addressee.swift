import Sales

extension ReceiptDocument {
    /// Of which electronic document this paper is only the receipt, and to whom that is made out.
    var addressee: [Block] {
        guard !sale.isOnCredit else { return madeOut(.billMadeOutTo) }
        return switch sale.documentType {
        case .taxInvoiceStub: []
        case .abbreviatedTaxInvoice:
            hasVAT
                ? [.space(.small)] + Wording.abbreviatedIsElectronic.lines(language).map { .text($0, .small, .left) }
                : []
        case .taxInvoice: madeOut(.invoiceMadeOutTo)
        case .receipt: madeOut(.receiptMadeOutTo)
        }
    }

    private func madeOut(_ sentence: Wording) -> [Block] {
        guard let buyer = sale.buyer else { return [] }
        // What was taken back is made out to nobody.
        let made = isWithdrawn ? [] : sentence.lines(language)
        return [.space(.small)] + made.map { .text($0, .small, .left) }
            + [.text(PaperText.line(buyer.name), .strong, .left)]
            + Self.lines(of: buyer.identity, language).map { .text($0, .small, .left) }
    }

    private static func lines(of identity: BuyerIdentity, _ language: ReceiptStyle.Language) -> [String] {
        switch identity {
        case .taxID(let id, let branch):
            ["\(Wording.taxID.statutoryLine(language)) \(id.text)"]
                + (branch.map { [StoreIdentity.text($0, language)] } ?? [])
        case .nationalID(let id): ["\(Wording.citizenID.statutoryLine(language)) \(hidden(id.text))"]
        case .passport(let number): ["\(Wording.passport.statutoryLine(language)) \(hidden(number.text))"]
        }
    }

    /// A person's own number is not for everybody who sees the paper: its end is enough to tell whose it is.
    private static func hidden(_ number: String) -> String {
        String(repeating: "x", count: max(0, number.count - 4)) + number.suffix(4)
    }
}

extension StoreIdentity {
    /// A branch as papers name it: สำนักงานใหญ่, or สาขาที่ 00001.
    static func text(_ branch: BranchID, _ language: ReceiptStyle.Language) -> String {
        branch.isHeadOffice
            ? Wording.headOffice.statutoryLine(language) : "\(Wording.branch.statutoryLine(language)) \(branch.text)"
    }
}
