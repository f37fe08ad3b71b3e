public import Foundation

/// The full tax invoice that staff had made of a sale without a buyer.
public struct InvoiceResource: WireResource {
    /// The service that makes it, for example `billgate`.
    public var provider = ""
    /// `pending`, `ready`, `held` or `rejected`.
    public var state = ""
    public var attempts = 0
    /// Anybody who holds it can read the invoice: not for logs.
    public var serviceURL: String?
    /// The provider's own name for it.
    public var documentID: String?
    public var lastError: ErrorResource?
    public var nextAttemptAt: Date?

    public init() {}

    public static let fields: [WireField<InvoiceResource>] = [
        .field("provider", \.provider), .field("state", \.state), .field("attempts", \.attempts),
        .field("service_url", \.serviceURL), .field("document_id", \.documentID),
        .field("last_error", \.lastError), .field("next_attempt_at", \.nextAttemptAt),
    ]
}
