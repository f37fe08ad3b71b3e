import GatewayAPI

/// Transactions at the provider as text.
enum TransactionText {
    static func text(_ transactions: [TransactionResource]) -> String {
        if transactions.isEmpty { return "no transactions" }
        var table = TextTable(columns: [
            ("transaction", .left), ("initiated", .left), ("value", .right), ("documents", .left), ("tags", .left),
        ])
        table.rows = transactions.map { transaction in
            [
                transaction.transactionID, initiated(transaction), value(transaction),
                (transaction.documents ?? []).map(\.id).joined(separator: " "),
                transaction.tags.joined(separator: ", "),
            ].map(SaleText.plain)
        }
        return table.text()
    }

    static func initiated(_ transaction: TransactionResource) -> String {
        transaction.initiatedAt.map(SaleText.local) ?? "-"
    }

    static func value(_ transaction: TransactionResource) -> String { transaction.tradeValue ?? "-" }
}
