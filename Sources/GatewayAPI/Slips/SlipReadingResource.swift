/// What the service has read on a slip, in its own words; accounts with the digits hidden that the slip hides.
public struct SlipReadingResource: WireResource {
    public var amount: String?
    public var date: String?
    public var bank: String?
    public var fromAccount: String?
    public var toAccount: String?

    public init() {}

    public static let fields: [WireField<SlipReadingResource>] = [
        .field("amount", \.amount), .field("date", \.date), .field("bank", \.bank),
        .field("from_account", \.fromAccount), .field("to_account", \.toAccount),
    ]
}
