public import JSON

/// What became of a call that changes something at the provider.
public struct BillingResultResource: WireResource {
    /// Its number in the journal; null if nothing had to be sent.
    public var call: Int?
    /// The provider's id of the thing.
    public var id: String?
    /// Whether it was there already, by an earlier call.
    public var existing = false
    /// The provider's answer; null if it has none, or was not asked.
    public var entry: JSONObject?
    /// The bill after a payment was confirmed or declined.
    public var bill: BillResource?
    /// How the bill came to its status, in the provider's objects.
    public var log: [JSONObject]?

    public init() {}

    public static let fields: [WireField<BillingResultResource>] = [
        .field("call", \.call), .field("id", \.id), .field("existing", \.existing), .field("entry", \.entry),
        .field("bill", \.bill), .field("log", \.log),
    ]
}

/// How a bill stands.
public struct BillResource: WireResource {
    public var id = ""
    public var number: String?
    /// The provider's word.
    public var status: String?

    public init() {}

    public init(id: String, number: String?, status: String?) {
        self.id = id
        self.number = number
        self.status = status
    }

    public static let fields: [WireField<BillResource>] = [
        .field("id", \.id), .field("number", \.number), .field("status", \.status),
    ]
}
