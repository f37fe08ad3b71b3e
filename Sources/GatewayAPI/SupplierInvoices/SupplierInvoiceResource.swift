public import Foundation

/// A supplier's invoice as the API shows it, without what was read on it.
public struct SupplierInvoiceResource: WireResource {
    public var number = 0
    /// The name under which it came first.
    public var file = ""
    /// Its name in `read/` or `failed/`; nil while it is in neither.
    public var filedAs: String?
    /// Of its bytes, as 64 hexadecimal digits.
    public var sha256 = ""
    /// Bytes.
    public var size = 0
    public var receivedAt = Date.distantPast
    /// How often the same bytes came again.
    public var copies = 0
    /// `waiting`, `reading`, `read`, `failed`, `removed` or `held`.
    public var state = ""
    public var attempts = 0
    public var lastError: ErrorResource?
    public var nextAttemptAt: Date?

    public init() {}

    public static let fields: [WireField<SupplierInvoiceResource>] = [
        .field("number", \.number), .field("file", \.file), .field("filed_as", \.filedAs), .field("sha256", \.sha256),
        .field("size", \.size), .field("received_at", \.receivedAt), .field("copies", \.copies),
        .field("state", \.state), .field("attempts", \.attempts), .field("last_error", \.lastError),
        .field("next_attempt_at", \.nextAttemptAt),
    ]
}
