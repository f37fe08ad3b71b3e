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
    public let number: String?
    public let cashier: String?
    public let payments: [Payment]
    public let change: DecimalNumber?
    /// The amount rounded off at the counter, printed as given.
    public let rounding: DecimalNumber?
    /// The till's own total; it must equal ours.
    public let total: DecimalNumber?
    /// How the till rounds this sale's amounts, if that differs from the configuration.
    public let roundingRule: RoundingRule?
    public let notes: [String]
    /// False if the till prints by itself and wants only the URL.
    public let prints: Bool
    /// The name of the printer to use instead of the terminal's.
    public let printer: String?

    public init(
        number: String? = nil, cashier: String? = nil, payments: [Payment] = [], change: DecimalNumber? = nil,
        rounding: DecimalNumber? = nil, total: DecimalNumber? = nil, roundingRule: RoundingRule? = nil,
        notes: [String] = [], prints: Bool = true, printer: String? = nil
    ) {
        self.number = number
        self.cashier = cashier
        self.payments = payments
        self.change = change
        self.rounding = rounding
        self.total = total
        self.roundingRule = roundingRule
        self.notes = notes
        self.prints = prints
        self.printer = printer
    }

    /// Whether cash changed hands and the drawer opens: also if the till does not say how the sale was paid.
    public var wasPaidInCash: Bool {
        payments.isEmpty || payments.contains { $0.method.lowercased() == "cash" }
    }
}
