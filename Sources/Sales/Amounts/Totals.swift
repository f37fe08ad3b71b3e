/// What a sale adds up to. `total` = `vatable` + `exempt`; `vatable` = `netOfVAT` + `vat`.
public struct Totals: Sendable, Equatable {
    /// What the customer pays.
    public let total: Money
    /// Gross amount of what bears VAT, VAT included.
    public let vatable: Money
    /// Gross amount of what is exempt.
    public let exempt: Money
    public let vat: Money

    public init(total: Money, vatable: Money, exempt: Money, vat: Money) {
        self.total = total
        self.vatable = vatable
        self.exempt = exempt
        self.vat = vat
    }

    public var netOfVAT: Money { vatable - vat }

    /// Adds the lines up as the terms have it; VAT is computed once, over the vatable total, and rounded like a sum.
    ///
    /// The exempt amount is what the total leaves beside the vatable one, so that the two are always the total. Where each
    /// line is rounded it is the sum of the exempt lines.
    ///
    /// nil where a line or a sum is beyond ``Money/maximum``.
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
        // Prices with VAT carry rate/(1+rate) of themselves (7/107 at 7 %); on net prices it comes on top.
        let tax = Money(rounding: Int128(listedVatable.satang) * rate, over: terms.vatIncluded ? one + rate : one)
        guard let vat = tax else { return nil }
        let vatable = terms.vatIncluded ? listedVatable : listedVatable + vat
        let total = terms.vatIncluded ? listed : listed + vat
        guard total <= Money.maximum else { return nil }
        self.init(total: total, vatable: vatable, exempt: total - vatable, vat: vat)
    }
}
