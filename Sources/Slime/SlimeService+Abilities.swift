public import RemoteServices
import Sales

extension SlimeService {
    /// Customers name themselves on the page behind the link, and get their document there.
    public static let abilities = ProviderAbilities(
        linkOffers: .fullInvoice, [.tellsRepeats, .tags, .streamsDocuments])

    public var abilities: ProviderAbilities { Self.abilities }
}
