import Foundation

/// The totals of a document: sums are exact, and each is rounded once.
///
/// The page's own example of 448.00 with VAT in it, whose lines are not rounded, has a VAT of 29.31.
struct DocumentSums: Sendable {
    let subtotal: Decimal
    let discount: Decimal
    let vatIncluded: Bool
    /// The highest of the lines, in percent.
    let vatRate: Decimal
    let vat: Decimal
    let exempt: Decimal
    let taxable: Decimal
    let total: Decimal
    /// In percent.
    let withholdingRate: Decimal
    let withholding: Decimal

    var paid: Decimal { total - withholding }

    /// What the price is before VAT.
    var beforeVAT: Decimal { total - vat }

    /// - Parameter withholdingRate: in percent
    init(_ lines: [DocumentLine], vatIncluded: Bool, withholdingRate: Decimal) {
        let taxed = lines.filter { $0.vatRate != nil }
        let exact = taxed.reduce(Decimal.zero) { sum, line in
            let rate = line.vatRate ?? 0
            return sum + (vatIncluded ? line.net * rate / (100 + rate) : line.net * rate / 100)
        }
        let base = Figures.satang(taxed.reduce(Decimal.zero) { $0 + $1.net })
        self.vatIncluded = vatIncluded
        self.withholdingRate = withholdingRate
        subtotal = Figures.satang(lines.reduce(Decimal.zero) { $0 + $1.gross })
        discount = Figures.satang(lines.reduce(Decimal.zero) { $0 + $1.takenOff })
        vat = Figures.satang(exact)
        vatRate = taxed.compactMap(\.vatRate).max() ?? 0
        exempt = Figures.satang(lines.filter { $0.vatRate == nil }.reduce(Decimal.zero) { $0 + $1.net })
        taxable = vatIncluded ? base - vat : base
        let listed = Figures.satang(lines.reduce(Decimal.zero) { $0 + $1.net })
        total = vatIncluded ? listed : listed + vat
        withholding = Figures.satang((total - vat) * withholdingRate / 100)
    }

    /// The members of a document that are sums.
    func members(_ rule: BillgateSimulator.Leeway.Total) -> [String: JSONValue] {
        let shown: Decimal =
            switch rule {
            case .exact: total
            case .zero: 0
            case .satangMore: total + Decimal(sign: .plus, exponent: -2, significand: 1)
            }
        return [
            "subtotal": .amount(subtotal), "total_discount_amount": .amount(discount),
            "vat": .object([
                "is_included": .bool(vatIncluded), "rate": .amount(vatRate), "amount": .amount(vat),
            ]),
            "vat_exempted_amount": .amount(exempt), "taxable_sales_amount": .amount(taxable),
            "total": .amount(shown),
            "withholding_tax": .object(["rate": .amount(withholdingRate), "amount": .amount(withholding)]),
            "paid_amount": .amount(rule == .zero ? 0 : paid),
        ]
    }
}
