import Outbox
public import RemoteServices
public import Sales

/// What the provider has under a sale's id, beside the sale.
public struct SaleTransaction: Sendable, Equatable {
    public let transaction: ProvidedTransaction
    /// What the sale comes to.
    public let totals: Totals
    public let comparison: TotalComparison

    init(_ transaction: ProvidedTransaction, sale: SaleRecord) {
        self.transaction = transaction
        totals = sale.totals
        comparison = TotalComparison(transaction.tradeValue, with: sale.totals)
    }
}
