/// Why a call about bills brought no documented answer.
public struct BillingFailure: Error, Sendable, Equatable {
    /// What it means for the one who asked.
    public enum Kind: Sendable, Equatable {
        /// There is no such thing.
        case absent
        /// The provider refuses this call.
        case refused
        /// The provider refuses every call of the account.
        case accountRefused
        /// Everything else: ``ServiceFailure/mayHaveActed`` says whether the provider may have acted.
        case failed
    }

    public let kind: Kind
    /// Its message may quote what was sent: for staff, never for a log.
    public let failure: ServiceFailure

    public init(_ kind: Kind, _ failure: ServiceFailure) {
        self.kind = kind
        self.failure = failure
    }
}
