/// What a shop's slips are compared with, and how long their images stay.
public struct SlipTerms: Sendable, Equatable {
    /// The payments of a sale that a slip belongs to, in any letter case.
    public var methods: [String]
    /// The shop's own accounts, whole; empty: the account is not checked.
    public var accounts: [String]
    /// By how many days the slip's may be off the sale's.
    public var dateToleranceDays: Int
    /// How long an image stays once nothing is owed about it.
    public var keep: Duration

    public init(
        methods: [String] = ["transfer", "promptpay", "qr"], accounts: [String] = [], dateToleranceDays: Int = 1,
        keep: Duration = .seconds(7 * 86_400)
    ) {
        self.methods = methods
        self.accounts = accounts
        self.dateToleranceDays = dateToleranceDays
        self.keep = keep
    }
}
