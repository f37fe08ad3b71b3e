/// How a part of a sale was paid, printed as given.
public struct Payment: Sendable, Equatable {
    /// The till's word for it: `cash`, `card`, `promptpay`.
    public let method: String
    public let amount: DecimalNumber

    public init(method: String, amount: DecimalNumber) {
        self.method = method
        self.amount = amount
    }
}

/// What only the paper needs to know about a sale; it never leaves the store.
public struct ReceiptDetails: Sendable, Equatable {
    /// The invoice's own number. Without it the paper shows the transaction id.
    public var number: String?
    public var cashier: String?
    public var payments: [Payment] = []
    public var change: DecimalNumber?
    /// The amount rounded off at the counter, printed as given.
    public var rounding: DecimalNumber?
    /// The till's own total; it must equal ours.
    public var total: DecimalNumber?
    /// How the till rounds this sale's amounts, if that differs from the configuration.
    public var roundingRule: RoundingRule?
    public var notes: [String] = []
    /// False if the till prints by itself and wants only the URL.
    public var prints = true
    /// The name of the printer to use instead of the terminal's.
    public var printer: String?

    public init() {}

    /// Whether cash changed hands and the drawer opens: also if the till does not say how the sale was paid.
    public var wasPaidInCash: Bool {
        payments.isEmpty || payments.contains { $0.method.lowercased() == "cash" }
    }
}
