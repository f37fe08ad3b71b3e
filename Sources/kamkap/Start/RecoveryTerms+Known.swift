import Billgate
import OutboxRecovery
import RemoteServices
import Sales
import Slime

extension RecoveryTerms {
    /// The services that this program knows: each proves its own requests.
    static let known = RecoveryTerms(
        provider: .slime,
        proofs: [
            .slime: RequestProof { found in
                RegistrationData.agrees(
                    ServiceRequest(bytes: found.bytes, context: found.context), with: found.event, found.change)
            },
            .billgate: RequestProof { found in
                RegistrationRequest.agrees(
                    ServiceRequest(bytes: found.bytes, context: found.context), with: found.event, found.change,
                    isLaterInvoice: found.kind == .saleInvoice)
            },
        ], cannotTellRepeats: [.billgate])
}
