public import Foundation

/// How something stands that a provider makes for a sale: its registration, or its later full tax invoice.
public struct ProviderJobResource: WireResource {
    /// The service that makes it, for example `slime`.
    public var provider = ""
    /// `pending`, `ready`, `held` or `rejected`.
    public var state = ""
    public var attempts = 0
    /// Anybody who holds it can read the document, or name themselves on it: not for logs.
    public var serviceURL: String?
    /// The provider's own name for its document, where it gives one and has told it.
    public var documentID: String?
    public var lastError: ErrorResource?
    public var nextAttemptAt: Date?

    public init() {}

    public static let fields: [WireField<ProviderJobResource>] = [
        .field("provider", \.provider), .field("state", \.state), .field("attempts", \.attempts),
        .field("service_url", \.serviceURL), .field("document_id", \.documentID),
        .field("last_error", \.lastError), .field("next_attempt_at", \.nextAttemptAt),
    ]
}
