/// The totals of a sale. `total` = `vatable` + `exempt`; `vatable` = `netOfVAT` + `vat`.
public struct Totals: Sendable, Equatable {
    /// What the customer pays.
    public let total: Money
    /// Gross amount of the vatable lines, VAT included.
    public let vatable: Money
    /// Gross amount of the exempt lines.
    public let exempt: Money
    public let vat: Money

    public init(total: Money, vatable: Money, exempt: Money, vat: Money) {
        self.total = total
        self.vatable = vatable
        self.exempt = exempt
        self.vat = vat
    }

    public var netOfVAT: Money { vatable - vat }

    /// Adds the lines up by the terms. VAT is computed once, over the vatable total, and rounded like a sum.
    ///
    /// The exempt amount is the total less the vatable amount, so the two always add up to the total. If each line is
    /// rounded, it is the sum of the exempt lines.
    ///
    /// nil if a line or a sum is beyond ``Money/maximum``.
    public init?(of lines: [LineItem], under terms: SaleTerms) {
        var (vatableSum, exemptSum) = (ExactAmount.zero, ExactAmount.zero)
        for line in lines {
            let amount = line.amount(under: terms.rounding)
            guard amount.money != nil else { return nil }
            if line.vatable { vatableSum = vatableSum + amount } else { exemptSum = exemptSum + amount }
        }
        guard let listed = (vatableSum + exemptSum).money, let listedVatable = vatableSum.money, exemptSum.money != nil
        else { return nil }
        let rate = Int128(terms.vatRate.millionths)
        let one = Int128(DecimalNumber.scale)
        // Prices with VAT contain rate/(1+rate) of themselves (7/107 at 7 %); on net prices it is added.
        let tax = Money(rounding: Int128(listedVatable.satang) * rate, over: terms.vatIncluded ? one + rate : one)
        guard let vat = tax else { return nil }
        let vatable = terms.vatIncluded ? listedVatable : listedVatable + vat
        let total = terms.vatIncluded ? listed : listed + vat
        guard total <= Money.maximum else { return nil }
        self.init(total: total, vatable: vatable, exempt: total - vatable, vat: vat)
    }
}
