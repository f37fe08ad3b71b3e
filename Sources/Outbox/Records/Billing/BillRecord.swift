public import Sales

/// A bill that is watched, or was until it was paid. Nothing of its customer, and no link.
public struct BillRecord: Sendable, Equatable {
    /// The provider's.
    public let id: String
    public let service: ServiceName
    /// Nil for a bill that is of no sale.
    public let sale: TransactionID?
    /// Nil until the provider was asked.
    public let number: String?
    /// The provider's word; nil until it was asked.
    public let status: String?
    /// Whether it may still change.
    public let isOpen: Bool

    public init(
        id: String, service: ServiceName, sale: TransactionID? = nil, number: String? = nil, status: String? = nil,
        isOpen: Bool = true
    ) {
        self.id = id
        self.service = service
        self.sale = sale
        self.number = number
        self.status = status
        self.isOpen = isOpen
    }
}
