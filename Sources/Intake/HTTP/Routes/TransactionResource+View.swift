import Gateway
import GatewayAPI
import RemoteServices
import Sales

extension TransactionResource {
    init(_ transaction: ProvidedTransaction) {
        self.init()
        transactionID = transaction.id
        initiatedAt = transaction.initiatedAt
        if case .amount(let amount)? = transaction.tradeValue { tradeValue = amount.plain }
        tags = transaction.tags
        documents = transaction.documents?.map { DocumentResource($0) }
    }
}

extension SaleTransactionResource {
    init(_ found: SaleTransaction) {
        self.init(
            TransactionResource(found.transaction), total: found.totals.total.plain,
            comparison: found.comparison.rawValue)
    }
}
