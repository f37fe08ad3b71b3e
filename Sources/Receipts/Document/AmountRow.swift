/// Something and its amount: an item with its calculation, a sum, a payment.
public struct AmountRow: Sendable, Equatable {
    public let name: String
    /// Smaller lines below the name, such as `8 × 15.00`.
    public let details: [String]
    /// `1,234.50`, at the right.
    public let amount: String
    /// The sign behind the amount: nil if the paper has no signs, empty if it has them but not on this row, so that all
    /// amounts are aligned.
    public let sign: String?
    public let role: TextRole

    public init(name: String, details: [String] = [], amount: String, sign: String? = nil, role: TextRole = .body) {
        self.name = name
        self.details = details
        self.amount = amount
        self.sign = sign
        self.role = role
    }
}
