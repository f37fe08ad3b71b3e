/// What customers find behind a provider's link.
public enum LinkOffer: Sendable, Hashable {
    /// A page on which they have a full tax invoice made, in their own name.
    case fullInvoice
    /// The document itself. A full tax invoice comes from the shop.
    case document
}
