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

    /// Quantity times unit price as the rule has it: what stands on the paper beside the name.
    public func amount(under rule: RoundingRule) -> ExactAmount {
        let exact = ExactAmount(unitPrice, times: quantity)
        return switch rule {
        case .line: exact.rounded
        case .total: exact
        }
    }
}
