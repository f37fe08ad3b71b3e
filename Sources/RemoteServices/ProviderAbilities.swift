public import Sales

/// What a provider can do, beside giving each sale a link.
public struct ProviderAbilities: Sendable, Equatable {
    public let linkOffers: LinkOffer
    /// What the service itself does beside.
    public let features: Set<Feature>

    public enum Feature: Sendable, Hashable, CaseIterable {
        /// It refuses to make a second document of one sale, and says so.
        case tellsRepeats
        /// It takes back a document that it made.
        case withdraws
        /// It makes a full tax invoice later, of a sale that had no buyer.
        case makesInvoicesLater
        /// One of its documents is taken for a sale's by its id; without this, by the sale's own id.
        case adoptsByID
        /// Bills, their payment, customers and templates.
        case bills
        /// Sales have tags there.
        case tags
        /// It tells of every document that comes into being, also by customers' own doing.
        case streamsDocuments
    }

    public init(linkOffers: LinkOffer, _ features: Set<Feature>) {
        self.linkOffers = linkOffers
        self.features = features
    }

    public func can(_ feature: Feature) -> Bool { features.contains(feature) }
}
