import RemoteServices
import Sales
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(1))) struct BillgateAbilitiesTests {
    @Test("it tells no repeats, so documents are looked for first; its links only show them")
    func abilities() async throws {
        try await withBillgate { _, billgate in
            let service: any SaleProvider = billgate
            #expect(!service.abilities.can(.tellsRepeats) && service.settling != nil)
            #expect(service.abilities.linkOffers == .document)
            #expect(service is any DocumentProvider == service.abilities.can(.streamsDocuments))
            for feature in [ProviderAbilities.Feature.withdraws, .makesInvoicesLater, .adoptsByID, .bills] {
                #expect(service.abilities.can(feature))
            }
            #expect(!service.abilities.can(.tags))
        }
    }
}
