/// The answer to `GET /v1/addresses`.
public struct AddressList: WireResource {
    public var addresses: [TambonResource] = []
    /// Whether there are more than were asked for.
    public var more = false

    public init() {}

    public init(_ addresses: [TambonResource], more: Bool) {
        self.addresses = addresses
        self.more = more
    }

    public static let fields: [WireField<AddressList>] = [.field("addresses", \.addresses), .field("more", \.more)]
}
