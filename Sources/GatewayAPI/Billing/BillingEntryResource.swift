public import JSON

/// Something that the provider keeps: its own object.
public struct BillingEntryResource: WireResource {
    public var entry: JSONObject = [:]

    public init() {}

    public init(_ entry: JSONObject) {
        self.entry = entry
    }

    public static let fields: [WireField<BillingEntryResource>] = [.field("entry", \.entry)]
}
