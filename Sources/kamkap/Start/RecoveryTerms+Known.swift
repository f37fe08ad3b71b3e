import Billgate
import OutboxRecovery
import RemoteServices
import Sales
import Slime

extension RecoveryTerms {
    /// - Parameter chosen: the provider of a lost registration, where the database does not tell it.
    static func known(choosing chosen: ServiceName?) -> RecoveryTerms {
        var terms = ofThisProgram
        terms.chosen = chosen
        terms.slipReader = .scanlyIQ
        terms.supplierInvoiceReader = .ocrInvoice
        return terms
    }

    /// The services that this program knows: each proves its own requests.
    private static let ofThisProgram = RecoveryTerms(
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
