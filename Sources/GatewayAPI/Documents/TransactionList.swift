/// The transactions that carry a tag.
public struct TransactionList: WireResource {
    public var transactions: [TransactionResource] = []

    public init() {}

    public init(_ transactions: [TransactionResource]) {
        self.transactions = transactions
    }

    public static let fields: [WireField<TransactionList>] = [.field("transactions", \.transactions)]
}
