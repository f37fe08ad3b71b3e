/// What a service has read on a payment slip, in its own words. An image is no proof of money: whoever sees a reading sees what
/// somebody showed.
public struct SlipReading: Sendable, Equatable {
    /// The digits as they came; nil if there are none.
    public var amount: String?
    /// As the service wrote it; nil if it read none.
    public var date: String?
    public var bank: String?
    /// With the digits that the slip hides hidden, as the service gave it.
    public var fromAccount: String?
    public var toAccount: String?

    public init(
        amount: String? = nil, date: String? = nil, bank: String? = nil, fromAccount: String? = nil,
        toAccount: String? = nil
    ) {
        self.amount = amount
        self.date = date
        self.bank = bank
        self.fromAccount = fromAccount
        self.toAccount = toAccount
    }
}
