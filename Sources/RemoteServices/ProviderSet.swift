public import Sales

/// The services that register sales. One of them registers new ones; a sale belongs for good to the one under which it was
/// accepted.
public struct ProviderSet: Sendable {
    /// Sales are owed to a service that is not configured.
    public static let missingCode = "Gateway::ProviderMissing"

    /// Registers new sales.
    public let current: any SaleProvider
    /// They register what was accepted under them before.
    public let former: [any SaleProvider]
    /// Those to whom sales are owed, and who are not configured.
    public let missing: [ServiceName]

    public init(_ current: any SaleProvider, former: [any SaleProvider] = [], missing: [ServiceName] = []) {
        self.current = current
        self.former = former
        self.missing = missing
    }

    /// The configured ones.
    public var all: [any SaleProvider] { [current] + former }

    public var names: [ServiceName] { all.map(\.name) + missing }

    /// Nil for one that is not configured.
    public subscript(name: ServiceName) -> (any SaleProvider)? { all.first { $0.name == name } }
}
