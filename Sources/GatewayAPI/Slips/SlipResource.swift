public import Foundation

/// A payment slip as the API shows it. It is no proof of money: whoever sees it sees what somebody showed.
public struct SlipResource: WireResource {
    public var id = ""
    /// The sale that it belongs to; nil while nobody has said.
    public var sale: String?
    public var terminalID: String?
    public var receivedAt = Date.distantPast
    /// `waiting`, `reading`, `matched`, `differs`, `unreadable`, `failed` or `held`.
    public var state = ""
    /// The state for a cashier, in Thai.
    public var words = ""
    /// What it is compared with; nil while its sale is not there.
    public var expectedAmount: String?
    /// Nil while nothing was read.
    public var read: SlipReadingResource?
    /// In what it differs.
    public var differences: [SlipDifferenceResource] = []
    /// Whether the account was compared with the shop's own.
    public var accountChecked = false
    /// Whether the service may have charged for it once more than it has answered.
    public var mayBeCharged = false
    /// What the service says that it has charged.
    public var credits: Int?
    public var lastError: ErrorResource?
    public var nextAttemptAt: Date?
    /// Whether the picture is still there.
    public var imageKept = false

    public init() {}

    public static let fields: [WireField<SlipResource>] = [
        .field("id", \.id), .field("sale", \.sale), .field("terminal_id", \.terminalID),
        .field("received_at", \.receivedAt), .field("state", \.state), .field("words", \.words),
        .field("expected_amount", \.expectedAmount), .field("read", \.read), .field("differences", \.differences),
        .field("account_checked", \.accountChecked), .field("may_be_charged", \.mayBeCharged),
        .field("credits", \.credits), .field("last_error", \.lastError), .field("next_attempt_at", \.nextAttemptAt),
        .field("image_kept", \.imageKept),
    ]
}
