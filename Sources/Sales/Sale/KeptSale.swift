/// A sale as it is kept: every paper is made of it, and every request that is built again.
public struct KeptSale: Sendable, Equatable {
    /// The event as it came, as canonical JSON.
    public let event: [UInt8]
    /// The terms under which it was made.
    public let terms: SaleTerms
    /// What staff have said of its buyer since; nil for nothing.
    public let change: BuyerChange?

    public init(event: [UInt8], terms: SaleTerms, change: BuyerChange? = nil) {
        self.event = event
        self.terms = terms
        self.change = change
    }

    /// The same with another buyer, or without one.
    public func replacing(change: BuyerChange) -> KeptSale {
        KeptSale(event: event, terms: terms, change: change)
    }
}
