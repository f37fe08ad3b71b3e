public import Sales

/// How the customer gets the electronic document of their sale, or a full tax invoice.
public enum Claim: Sendable, Equatable {
    /// By themselves, from the page behind this link.
    case page(String, offers: LinkOffer)
    /// From the shop, by the receipt's number: the link did not come in time.
    case later
    /// The same, because the provider has refused the sale as it is.
    case refused
    /// Not at all: the document was taken back.
    case withdrawn
    /// There is nothing more to get: a full tax invoice was made in place of this paper.
    case replaced
    /// From the shop, because the link does not fit on this paper as a QR that phones read.
    case tooLong
    /// The paper says nothing about it.
    case none
}
