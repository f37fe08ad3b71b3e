/// One line of a sale.
public struct LineItem: Sendable, Equatable {
    public let productID: String?
    public let name: String
    public let description: String?
    /// In baht for one unit, VAT included or not as the sale says. Negative on a discount line.
    public let unitPrice: DecimalNumber
    public let quantity: DecimalNumber
    /// UN/CEFACT Recommendation 20.
    public let unitCode: String?
    /// Whether VAT is due on it.
    public let vatable: Bool

    public init(
        productID: String? = nil, name: String, description: String? = nil, unitPrice: DecimalNumber,
        quantity: DecimalNumber, unitCode: String? = nil, vatable: Bool
    ) {
        self.productID = productID
        self.name = name
        self.description = description
        self.unitPrice = unitPrice
        self.quantity = quantity
        self.unitCode = unitCode
        self.vatable = vatable
    }

    /// Quantity times unit price, rounded half up to the satang: what stands on the paper beside the name.
    public var amount: Money {
        var sum = ExactSum()
        sum.add(unitPrice, times: quantity)
        // A line beyond the range makes its sale invalid before anybody asks for this.
        return sum.money ?? (unitPrice.isNegative ? Money(satang: -Money.maximum.satang) : .maximum)
    }
}
