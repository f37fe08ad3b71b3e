public import Foundation

/// A call of the journal. What was sent is not shown: it may be about a person.
public struct BillingCallResource: WireResource {
    public var call = 0
    /// `bills add`.
    public var verb = ""
    /// What its thing is known by: an id, a number, a code.
    public var key = ""
    /// `open`, `done`, `refused` or `unknown`.
    public var state = ""
    public var id: String?
    public var errorCode: String?
    public var askedAt = Date(timeIntervalSince1970: 0)
    public var endedAt: Date?

    public init() {}

    public static let fields: [WireField<BillingCallResource>] = [
        .field("call", \.call), .field("verb", \.verb), .field("key", \.key), .field("state", \.state),
        .field("id", \.id), .field("error_code", \.errorCode), .field("asked_at", \.askedAt),
        .field("ended_at", \.endedAt),
    ]
}

/// The journal, newest first.
public struct BillingCallList: WireResource {
    public var calls: [BillingCallResource] = []
    /// For `after` of the next part; null after the last.
    public var next: String?

    public init() {}

    public init(calls: [BillingCallResource], next: String?) {
        self.calls = calls
        self.next = next
    }

    public static let fields: [WireField<BillingCallList>] = [.field("calls", \.calls), .field("next", \.next)]
}
