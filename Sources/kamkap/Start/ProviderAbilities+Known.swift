import Billgate
import RemoteServices
import Sales
import Slime

extension ProviderAbilities {
    /// Of the providers that this program knows, configured or not: papers of their sales are printed again years later.
    static let known: [ServiceName: ProviderAbilities] = [
        .slime: SlimeService.abilities, .billgate: BillgateService.abilities,
    ]
}
