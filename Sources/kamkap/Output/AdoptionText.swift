import GatewayAPI

/// What the provider has under a sale's id, for the person who decides whether it is that sale.
struct AdoptionText {
    let found: SaleTransactionResource

    func text() -> String {
        let transaction = found.transaction
        var lines = [
            ("initiated", TransactionText.initiated(transaction)), ("its value", TransactionText.value(transaction)),
            ("this sale", found.total),
        ]
        if !transaction.tags.isEmpty { lines.append(("tags", transaction.tags.joined(separator: ", "))) }
        if let documents = transaction.documents { lines.append(("documents", "\(documents.count)")) }
        let list = lines.map { "  " + $0.0.padded(to: 11) + SaleText.plain($0.1) }
        return (["The provider has a transaction \(SaleText.plain(transaction.transactionID)):"] + list + [verdict])
            .joined(separator: "\n")
    }

    /// Nobody overlooks a difference.
    private var verdict: String {
        switch found.comparison {
        case "equal": "The amounts agree."
        case "without-vat": "Its value is what this sale comes to without VAT."
        case "untold": "It states no value: nothing shows that it is this sale."
        default:
            "*** THE AMOUNTS DIFFER. It may be somebody else's sale: its link would be printed for this customer. ***"
        }
    }
}
