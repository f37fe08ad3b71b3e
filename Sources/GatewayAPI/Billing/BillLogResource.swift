public import JSON

/// How a bill came to its status, in the provider's objects.
public struct BillLogResource: WireResource {
    public var log: [JSONObject] = []

    public init() {}

    public init(_ log: [JSONObject]) {
        self.log = log
    }

    public static let fields: [WireField<BillLogResource>] = [.field("log", \.log)]
}
