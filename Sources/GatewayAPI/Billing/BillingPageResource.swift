public import JSON

/// A part of one of the provider's lists. The entries are the provider's own objects.
public struct BillingPageResource: WireResource {
    public var entries: [JSONObject] = []
    /// Of the whole list; null if the provider does not say.
    public var total: Int?
    /// The offset of the next part; null after the last.
    public var next: Int?

    public init() {}

    public init(entries: [JSONObject], total: Int?, next: Int?) {
        self.entries = entries
        self.total = total
        self.next = next
    }

    public static let fields: [WireField<BillingPageResource>] = [
        .field("entries", \.entries), .field("total", \.total), .field("next", \.next),
    ]
}

/// An object of the provider's, as it came.
extension JSONObject: WireValue {
    var wireJSON: JSONValue { .object(self) }

    static func read(_ json: JSONValue, at place: String) throws(WireFault) -> JSONObject {
        guard case .object(let object) = json else { throw WireFault(detail: "\(place) is no object") }
        return object
    }
}
