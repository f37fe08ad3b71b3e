public import struct Foundation.Date

/// A settled sale: what was sold, when, and what the paper is to say.
public struct Sale: Sendable, Equatable {
    public let id: TransactionID
    /// When it was settled.
    public let issuedAt: Date
    public let lines: [LineItem]
    public let terms: SaleTerms
    public let tags: [String]
    public let terminalID: String?
    public let receipt: ReceiptDetails
    public let totals: Totals

    public init(
        id: TransactionID, issuedAt: Date, lines: [LineItem], terms: SaleTerms, tags: [String] = [],
        terminalID: String? = nil, receipt: ReceiptDetails = ReceiptDetails(), totals: Totals
    ) {
        self.id = id
        self.issuedAt = issuedAt
        self.lines = lines
        self.terms = terms
        self.tags = tags
        self.terminalID = terminalID
        self.receipt = receipt
        self.totals = totals
    }

    /// The number that stands on the paper.
    public var number: String { receipt.number ?? id.text }
    public var vatIncluded: Bool { terms.vatIncluded }
    public var vatRate: DecimalNumber { terms.vatRate }

    /// What stands on the paper beside the name of a line.
    public func amount(of line: LineItem) -> ExactAmount { line.amount(under: terms.rounding) }

    /// What the lines of one kind add up to as they stand on the paper.
    public func listed(vatable: Bool) -> ExactAmount {
        lines.filter { $0.vatable == vatable }.reduce(.zero) { $0 + amount(of: $1) }
    }

    /// What the vatable lines add up to, without the VAT.
    public var listedNet: ExactAmount {
        vatIncluded ? listed(vatable: true) + ExactAmount(Money(satang: -totals.vat.satang)) : listed(vatable: true)
    }

    /// What the vatable lines add up to, with the VAT that comes on top of net prices.
    public var listedGross: ExactAmount {
        vatIncluded ? listed(vatable: true) : listed(vatable: true) + ExactAmount(totals.vat)
    }
}
