public import JSON

/// One call about bills or the books beside them, in the provider's own words.
public struct BillingCall: Sendable, Equatable {
    public let operation: BillingOperation
    /// Of the thing that it is about; nil for a list, and for a new thing.
    public let id: String?
    public let query: [String: String]
    /// Nil if the operation takes none.
    public let body: JSONObject?

    public init(
        _ operation: BillingOperation, id: String? = nil, query: [String: String] = [:], body: JSONObject? = nil
    ) {
        self.operation = operation
        self.id = id
        self.query = query
        self.body = body
    }
}

/// The answer to a call that lists nothing.
public struct BillingAnswer: Sendable, Equatable {
    /// Of the thing that was made or shown; nil if the operation has none.
    public let id: String?
    /// As it came; without members for an operation whose answer has no body.
    public let json: JSONObject

    public init(id: String?, json: JSONObject) {
        self.id = id
        self.json = json
    }
}

/// A part of a list.
public struct BillingPage: Sendable, Equatable {
    /// As they came.
    public let entries: [JSONObject]
    /// Of the whole list; nil if the provider does not say.
    public let total: Int?
    /// The offset of the next part; nil after the last.
    public let next: Int?

    public init(entries: [JSONObject], total: Int?, next: Int?) {
        self.entries = entries
        self.total = total
        self.next = next
    }
}

/// How a bill stands.
public struct BillState: Sendable, Equatable {
    /// What is owed no more.
    public static let paid = "paid"
    /// Its customer says that it is paid: somebody has to look.
    public static let awaitsApproval = "pending_approval"

    public let id: String
    public let number: String
    /// The provider's word.
    public let status: String

    public init(id: String, number: String, status: String) {
        self.id = id
        self.number = number
        self.status = status
    }
}
