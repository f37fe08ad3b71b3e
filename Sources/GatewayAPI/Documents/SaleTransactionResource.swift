/// What the provider has under a sale's id, beside what the sale comes to.
public struct SaleTransactionResource: WireResource {
    public var transaction = TransactionResource()
    /// What the sale's customer pays.
    public var total = ""
    /// How `trade_value` stands to that: `equal`, `without-vat` (equal to it without its VAT), `differs` or `untold`.
    public var comparison = ""

    public init() {}

    public init(_ transaction: TransactionResource, total: String, comparison: String) {
        self.transaction = transaction
        self.total = total
        self.comparison = comparison
    }

    public static let fields: [WireField<SaleTransactionResource>] =
        WireField<SaleTransactionResource>.fields(of: \.transaction) + [
            .field("total", \.total), .field("comparison", \.comparison),
        ]
}
