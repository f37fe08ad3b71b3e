public import Journey
public import Sales

/// The full tax invoice of a sale that was registered without a buyer, made later.
public struct SaleInvoice: Sendable, Equatable {
    public let job: Int64
    public let provider: ServiceName
    public let machine: JobMachine

    public var state: SaleRegistration.State { .init(machine.state) }
    /// The customer's link; nil until it is ready.
    public var link: String? { machine.result }
}
