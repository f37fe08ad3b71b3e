/// One line of a sale.
public struct LineItem: Sendable, Equatable {
    public var productID: String?
    public let name: String
    public var description: String?
    /// In baht for one unit, with or without VAT as the sale says. Negative on a discount line.
    public let unitPrice: DecimalNumber
    public let quantity: DecimalNumber
    /// UN/CEFACT Recommendation 20.
    public var unitCode: String?
    /// Whether VAT is due on it.
    public let vatable: Bool

    public init(name: String, unitPrice: DecimalNumber, quantity: DecimalNumber, vatable: Bool) {
        self.name = name
        self.unitPrice = unitPrice
        self.quantity = quantity
        self.vatable = vatable
    }

    /// Quantity times unit price, rounded by the rule: the amount beside the name on paper.
    public func amount(under rule: RoundingRule) -> ExactAmount {
        let exact = ExactAmount(unitPrice, times: quantity)
        return switch rule {
        case .line: exact.rounded
        case .total: exact
        }
    }
}
