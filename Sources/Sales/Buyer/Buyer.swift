/// The person or company that a document is made out to.
///
/// Personal data: it is in no log, event, metric or list. So its description says nothing of it.
public struct Buyer: Sendable, Equatable {
    public let name: String
    public let identity: BuyerIdentity
    public let address: BuyerAddress
    public var email: String?
    public var phone: String?

    public init(name: String, identity: BuyerIdentity, address: BuyerAddress) {
        self.name = name
        self.identity = identity
        self.address = address
    }
}

extension Buyer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a buyer" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
