/// How the prices of a sale stand to VAT, and how its amounts are rounded.
public struct SaleTerms: Sendable, Equatable {
    /// What a rate of VAT may be, in millionths.
    static let rates = 0...DecimalNumber.scale
    /// 7 %, as it has been since 1999: section 80 of the Revenue Code says 10 %, and royal decrees reduce it from year to year.
    public static let usualVATRate = DecimalNumber(millionths: 70_000, text: "0.07")

    /// Whether unit prices include VAT.
    public let vatIncluded: Bool
    /// 0.07 for 7 %.
    public let vatRate: DecimalNumber
    public let rounding: RoundingRule

    public init(vatIncluded: Bool, vatRate: DecimalNumber, rounding: RoundingRule) {
        self.vatIncluded = vatIncluded
        self.vatRate = vatRate
        self.rounding = rounding
    }

    func replacing(rounding: RoundingRule) -> SaleTerms {
        SaleTerms(vatIncluded: vatIncluded, vatRate: vatRate, rounding: rounding)
    }
}
