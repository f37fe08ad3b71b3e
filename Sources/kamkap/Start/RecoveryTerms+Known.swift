import Outbox
import Sales
import Slime

extension RecoveryTerms {
    /// The services that this program knows: each proves its own requests.
    static let known = RecoveryTerms(
        provider: .slime, proofs: [.slime: RequestProof { request, event in StubData.agrees(request, with: event) }])
}
