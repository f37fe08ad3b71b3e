public import Sales

/// What the configuration says of documents at Billgate.
public struct BillgateTerms: Sendable, Equatable {
    /// Stands before the transaction id in a document's number.
    public let numberPrefix: String
    public let walkIn: WalkIn
    /// How many pages of a list are read at most to find a document.
    public let lookUpPages: Int

    public init(numberPrefix: String = "", walkIn: WalkIn, lookUpPages: Int = 50) {
        self.numberPrefix = numberPrefix
        self.walkIn = walkIn
        self.lookUpPages = lookUpPages
    }
}
