/// How the customer gets a full tax invoice.
public enum Claim: Sendable, Equatable {
    /// By themselves, from this page.
    case url(String)
    /// From the shop, by the receipt's number: the page was not there in time.
    case later
    /// The same, because the link cannot stand on this paper as a QR that phones read.
    case tooLong
    /// Nothing is said of it.
    case none
}
