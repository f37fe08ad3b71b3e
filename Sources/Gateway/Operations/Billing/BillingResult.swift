public import JSON
public import RemoteServices

/// What became of a call that changes something.
public struct BillingResult: Sendable, Equatable {
    /// Its number in the journal; nil if nothing had to be sent.
    public let call: Int64?
    /// The provider's id of the thing.
    public let id: String?
    /// Whether the thing was there already: an earlier call had made it.
    public let isExisting: Bool
    /// What the provider answered; nil if it answers nothing, or was not asked again.
    public let entry: JSONObject?
    /// The bill after a payment was confirmed or declined; nil if it could not be read.
    public let bill: BillState?
    /// How the bill came to its status; nil likewise.
    public let log: [JSONObject]?

    init(
        call: Int64?, id: String?, isExisting: Bool = false, entry: JSONObject? = nil, bill: BillState? = nil,
        log: [JSONObject]? = nil
    ) {
        self.call = call
        self.id = id
        self.isExisting = isExisting
        self.entry = entry
        self.bill = bill
        self.log = log
    }
}
