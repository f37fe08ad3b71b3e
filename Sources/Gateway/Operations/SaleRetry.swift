public import Sales

/// How staff want a sale's registration to be sent again.
public struct SaleRetry: Sendable, Equatable {
    public enum Way: Sendable, Equatable {
        /// As it was; if an earlier attempt may have got through, the provider is asked first.
        case again
        /// What the provider has is taken for ours: under the sale's id, or under this name of the provider's own.
        case adopting(documentID: String?)
        /// The provider has none: it is made, whatever was sent before.
        case anew
        /// To another provider. No attempt may have reached the one before.
        case moving(to: ServiceName)
    }

    public var way: Way
    /// Another buyer, or none, in place of the event's; nil keeps what it is.
    public var change: BuyerChange?

    public init(_ way: Way = .again, changing change: BuyerChange? = nil) {
        self.way = way
        self.change = change
    }
}
