public import Sales

/// A service that registers sales: it gives each the link for its paper.
public protocol SaleProvider: RemoteService {
    /// What it can do: papers and operations on its sales go by that.
    var abilities: ProviderAbilities { get }
    /// What it does not accept in a sale, beyond what no sale may have; the till learns it at once.
    func faults(of event: SaleEvent) -> [SaleFault]
    /// The request for a sale: built once, and kept.
    func request(for event: SaleEvent) -> ServiceRequest
    /// The request that takes the place of one under which the provider may have acted: by what that would be found there,
    /// such as its number, is the same in this one, whatever the configuration says now.
    func request(for event: SaleEvent, keeping kept: ServiceRequest) -> ServiceRequest
    /// A link as long as this provider's links get, to check whether its code fits on paper.
    var longestLink: String { get }
}

extension SaleProvider {
    /// Of a provider whose numbers depend on nothing but the sale.
    public func request(for event: SaleEvent, keeping kept: ServiceRequest) -> ServiceRequest { request(for: event) }
}

/// A request to keep.
public struct ServiceRequest: Sendable, Equatable {
    /// The bytes to send, the same at every attempt.
    public let bytes: [UInt8]
    /// What the service keeps beside them, and does not send.
    public let context: String?

    public init(bytes: [UInt8], context: String? = nil) {
        self.bytes = bytes
        self.context = context
    }
}
