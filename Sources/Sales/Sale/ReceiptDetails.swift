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

/// What only the paper needs to know of a sale; it never leaves the store.
public struct ReceiptDetails: Sendable, Equatable {
    /// The invoice's own number. Without it the transaction id stands on the paper.
    public let number: String?
    public let cashier: String?
    public let payments: [Payment]
    public let change: DecimalNumber?
    /// What was rounded off at the counter, printed as given.
    public let rounding: DecimalNumber?
    /// What the till holds for the total; it must equal ours.
    public let total: DecimalNumber?
    /// How the till rounds this sale's amounts, where that is not what the configuration says.
    public let roundingRule: RoundingRule?
    public let notes: [String]
    /// False where the till prints by itself and wants only the URL.
    public let prints: Bool
    /// The name of the printer that is to be used instead of the terminal's.
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

    /// Whether cash changed hands, so that the drawer opens: also where the till does not say how it was paid.
    public var wasPaidInCash: Bool {
        payments.isEmpty || payments.contains { $0.method.lowercased() == "cash" }
    }
}
