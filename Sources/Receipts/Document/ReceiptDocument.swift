public import Sales

/// What the paper of a sale says, in three parts that are set and printed one after the other: the body, the claim,
/// which waits for a link, and the tail.
///
/// A document is a value: the same sale, seller and style always give the same blocks. It draws nothing.
public struct ReceiptDocument: Sendable, Equatable {
    public let sale: Sale
    public let store: StoreIdentity
    /// The Revenue Department's number of the cash register, if known.
    public let registerID: String?
    public let style: ReceiptStyle
    public let mark: PaperMark
    /// Whether parts that the law does not ask for and that make a paper long are left out: descriptions, notes, line
    /// breaks in names.
    public let isBrief: Bool
    /// Whether its electronic document was taken back.
    public let isWithdrawn: Bool

    public init(
        sale: Sale, store: StoreIdentity, registerID: String? = nil, style: ReceiptStyle = ReceiptStyle(),
        mark: PaperMark = .none, isBrief: Bool = false, isWithdrawn: Bool = false
    ) {
        self.sale = sale
        self.store = store
        self.registerID = registerID
        self.style = style
        self.mark = mark
        self.isBrief = isBrief
        self.isWithdrawn = isWithdrawn
    }

    /// Everything from the top to the payments and notes.
    public var body: [Block] {
        heading + addressee + items + sums + notes
    }

    /// The end of the paper.
    public var tail: [Block] {
        guard !style.footer.isEmpty else { return [] }
        return [.space(.medium)] + style.footer.map { .text($0, .body, .center) }
    }

    var hasVAT: Bool { sale.lines.contains(where: \.vatable) }
    /// A sale without anything vatable gets no tax invoice. If an electronic document is made at once, that is the sale's tax
    /// invoice, and the paper is none: no two of them exist of one sale.
    var isTaxInvoice: Bool { hasVAT && sale.documentType == .taxInvoiceStub }
    var hasExempt: Bool { sale.lines.contains { !$0.vatable } }
    /// If both kinds stand on one paper, each amount says of which kind it is.
    var hasSigns: Bool { hasVAT && hasExempt }
    var language: ReceiptStyle.Language { style.language }

    private var items: [Block] {
        [.rule(.dashed)]
            + sale.lines.map { line in
                .amount(
                    AmountRow(
                        name: isBrief ? PaperText.line(line.name) : line.name, details: details(of: line),
                        amount: sale.amount(of: line).grouped,
                        sign: hasSigns ? (line.vatable ? Self.vatableSign : Self.exemptSign) : nil))
            } + [.rule(.dashed)]
    }

    private func details(of line: LineItem) -> [String] {
        var details: [String] = []
        if let description = line.description, !description.isBlank, !isBrief { details.append(description) }
        // "1 × 15.00" beside 15.00 adds nothing; "1 × 0.335" beside 0.34 explains it.
        if line.quantity.millionths != 1_000_000 || sale.amount(of: line) != ExactAmount(line.unitPrice) {
            let unit = line.unitCode.map { Wording.units[$0.uppercased()]?.line(language) ?? $0 } ?? ""
            let quantity = Figures.quantity(line.quantity) + (unit.isEmpty ? "" : " \(unit)")
            details.append("\(quantity) × \(Figures.amount(line.unitPrice))")
        }
        return details
    }

    private var notes: [Block] {
        guard !isBrief else {
            return [.space(.small)] + Wording.isBrief.lines(language).map { .text($0, .small, .center) }
        }
        guard !sale.receipt.notes.isEmpty else { return [] }
        return [.space(.small)] + sale.receipt.notes.map { .text($0, .body, .left) }
    }

    static let vatableSign = "V"
    static let exemptSign = "E"
}
