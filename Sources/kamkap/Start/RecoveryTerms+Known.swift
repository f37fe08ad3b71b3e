import OutboxRecovery
import Sales
import Slime

extension RecoveryTerms {
    /// The services that this program knows: each proves its own requests.
    static let known = RecoveryTerms(
        provider: .slime,
        proofs: [.slime: RequestProof { request, event in RegistrationData.agrees(request, with: event) }])
}
