public import Foundation

/// The state of a sale at the provider.
public struct RegistrationResource: WireResource {
    /// The service that registers the sale, for example `slime`.
    public var provider = ""
    /// `pending`, `ready`, `held` or `rejected`.
    public var state = ""
    public var attempts = 0
    /// Anybody who holds it can name themselves on the invoice: not for logs.
    public var serviceURL: String?
    /// The provider's own name for its document, where it gives one and has told it.
    public var documentID: String?
    public var lastError: ErrorResource?
    public var nextAttemptAt: Date?
    /// Staff want its document taken back, and the provider has not done it yet. Its link is given out no more.
    public var withdrawalAskedAt: Date?
    /// Its document was taken back.
    public var withdrawnAt: Date?

    public init() {}

    public static let fields: [WireField<RegistrationResource>] = [
        .field("provider", \.provider), .field("state", \.state), .field("attempts", \.attempts),
        .field("service_url", \.serviceURL), .field("document_id", \.documentID),
        .field("last_error", \.lastError), .field("next_attempt_at", \.nextAttemptAt),
        .field("withdrawal_asked_at", \.withdrawalAskedAt), .field("withdrawn_at", \.withdrawnAt),
    ]
}
