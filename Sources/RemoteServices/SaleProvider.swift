public import Sales

/// A service that registers sales: it gives each the link that its paper carries.
public protocol SaleProvider: RemoteService {
    /// What it does not take in a sale, beyond what no sale may have; told to the till at once.
    func faults(of event: SaleEvent) -> [SaleFault]
    /// What is sent for a sale: built once, and kept.
    func request(for event: SaleEvent) -> ServiceRequest
    /// A link as long as this provider's links get, to see whether paper has room for its code.
    var longestLink: String { get }
}

/// A request as it is kept.
public struct ServiceRequest: Sendable, Equatable {
    /// The bytes that are sent, the same at every attempt.
    public let bytes: [UInt8]
    /// What the service remembers beside them, and does not send.
    public let context: String?

    public init(bytes: [UInt8], context: String? = nil) {
        self.bytes = bytes
        self.context = context
    }
}
