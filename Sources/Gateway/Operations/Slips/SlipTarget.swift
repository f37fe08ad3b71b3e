public import Journey
public import Sales

/// What a slip is handed in for.
public struct SlipTarget: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// A sale that is here.
        case sale(TransactionID)
        /// A payment whose sale may come later.
        case amount(Money, sale: TransactionID?)
    }

    public var kind: Kind
    /// The terminal that it was handed in at.
    public var terminal: String?
    /// Whether somebody waits for it.
    public var priority: Priority

    public init(_ kind: Kind, terminal: String? = nil, priority: Priority = .till) {
        self.kind = kind
        self.terminal = terminal
        self.priority = priority
    }

    var sale: TransactionID? {
        switch kind {
        case .sale(let id): id
        case .amount(_, let id): id
        }
    }
}
