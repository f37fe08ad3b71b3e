public import Sales

/// A service outside, as alarms and metrics name it.
public struct MonitoredService: Sendable {
    public enum Role: Sendable {
        /// It registers new sales: without it receipts have no QR.
        case registersNewSales
        /// It registers what was accepted under it before another took its place.
        case registersOldSales
        /// Sales are owed to it, and it is not configured.
        case missing
        /// It reads payment slips: no sale and no paper waits for it.
        case readsSlips
        /// It reads invoices of suppliers: no sale and no paper waits for it.
        case readsSupplierInvoices
        /// Payment slips are owed to it, and it is not configured.
        case missingReader
        /// It registers no sales.
        case other
    }

    public let name: ServiceName
    /// Its name for people.
    public let title: String
    public let role: Role
    /// What staff do about a refusal with this code; nil for a refusal without one.
    public let advice: @Sendable (String?) -> String

    public init(
        _ name: ServiceName, title: String, role: Role,
        advice: @escaping @Sendable (String?) -> String = { _ in "Look at the account" }
    ) {
        self.name = name
        self.title = title
        self.role = role
        self.advice = advice
    }
}

extension [MonitoredService] {
    /// A service's name for people. One that is not configured any more may have left something behind.
    func title(of name: ServiceName) -> String { first { $0.name == name }?.title ?? name.rawValue }
}
