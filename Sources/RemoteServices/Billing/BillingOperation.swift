/// What staff can ask of a book, and of one bill.
public enum BillingOperation: Sendable, Hashable {
    case list(BillingBook)
    case show(BillingBook)
    case add(BillingBook)
    case change(BillingBook)
    case remove(BillingBook)
    /// The money for a bill has come.
    case confirmPayment
    /// A customer says that a bill is paid, and it is not.
    case declinePayment
    /// How a bill came to its status.
    case transitions

    /// Whether it changes something at the provider.
    public var isWrite: Bool {
        switch self {
        case .list, .show, .transitions: false
        case .add, .change, .remove, .confirmPayment, .declinePayment: true
        }
    }

    /// Whether it is about one thing that there is already.
    public var namesOne: Bool {
        switch self {
        case .list, .add: false
        case .show, .change, .remove, .confirmPayment, .declinePayment, .transitions: true
        }
    }

    /// Its name in the journal: `bills add`, `bills paid`.
    public var name: String {
        switch self {
        case .list(let book): "\(book.rawValue) list"
        case .show(let book): "\(book.rawValue) show"
        case .add(let book): "\(book.rawValue) add"
        case .change(let book): "\(book.rawValue) change"
        case .remove(let book): "\(book.rawValue) remove"
        case .confirmPayment: "bills paid"
        case .declinePayment: "bills decline"
        case .transitions: "bills log"
        }
    }
}
