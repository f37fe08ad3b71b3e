public import RemoteServices
import Sales

extension BillgateService {
    /// The page behind the link shows the document. Nobody can name themselves there.
    public static let abilities = ProviderAbilities(
        linkOffers: .document, [.withdraws, .makesInvoicesLater, .adoptsByID, .bills])

    public var abilities: ProviderAbilities { Self.abilities }
}
