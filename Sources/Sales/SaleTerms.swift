/// How the prices of a sale stand to VAT.
public struct SaleTerms: Sendable, Equatable {
    /// What a rate of VAT may be, in millionths.
    static let rates = 0...DecimalNumber.scale

    /// Whether unit prices include VAT.
    public let vatIncluded: Bool
    /// 0.07 for 7 %.
    public let vatRate: DecimalNumber

    public init(vatIncluded: Bool, vatRate: DecimalNumber) {
        self.vatIncluded = vatIncluded
        self.vatRate = vatRate
    }
}
