public import struct Foundation.Date

/// A settled sale: what was sold, when, and what the paper says.
public struct Sale: Sendable, Equatable {
    public let id: TransactionID
    /// When it was settled.
    public let issuedAt: Date
    public let lines: [LineItem]
    public let terms: SaleTerms
    public var tags: [String] = []
    public var terminalID: String?
    public var receipt = ReceiptDetails()
    public var documentType = DocumentType.taxInvoiceStub
    /// To whom the document is made out.
    public var buyer: Buyer?
    /// For a sale on credit: the day on which its buyer has to have paid.
    public var dueOn: BangkokDay?
    /// Whether money was taken that goes into the drawer.
    public var wasPaidInCash: Bool { receipt.wasPaidInCash && (!isOnCredit || !receipt.payments.isEmpty) }
    /// Whether nobody has paid yet.
    public var isOnCredit: Bool { dueOn != nil }
    /// Whether staff gave it another buyer, or none, after it was handed in.
    public var isChanged = false
    public let totals: Totals

    public init(id: TransactionID, issuedAt: Date, lines: [LineItem], terms: SaleTerms, totals: Totals) {
        self.id = id
        self.issuedAt = issuedAt
        self.lines = lines
        self.terms = terms
        self.totals = totals
    }

    /// The number that stands on the paper.
    public var number: String { receipt.number ?? id.text }
    public var vatIncluded: Bool { terms.vatIncluded }
    public var vatRate: DecimalNumber { terms.vatRate }

    /// The amount beside the name of a line on paper.
    public func amount(of line: LineItem) -> ExactAmount { line.amount(under: terms.rounding) }

    /// The sum of the lines of one kind, as the paper shows them.
    public func listed(vatable: Bool) -> ExactAmount {
        lines.filter { $0.vatable == vatable }.reduce(.zero) { $0 + amount(of: $1) }
    }

    /// The sum of the vatable lines, without the VAT.
    public var listedNet: ExactAmount {
        vatIncluded ? listed(vatable: true) + ExactAmount(Money(satang: -totals.vat.satang)) : listed(vatable: true)
    }

    /// The sum of the vatable lines, with the VAT that is added to net prices.
    public var listedGross: ExactAmount {
        vatIncluded ? listed(vatable: true) : listed(vatable: true) + ExactAmount(totals.vat)
    }
}
