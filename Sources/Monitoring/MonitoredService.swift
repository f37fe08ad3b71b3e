public import Sales

/// A service outside, as alarms and figures speak of it.
public struct MonitoredService: Sendable {
    public let name: ServiceName
    /// Its name for people.
    public let title: String
    /// Whether it registers sales: without it receipts have no QR.
    public let isProvider: Bool
    /// What staff do about a refusal with this code; nil for a refusal without one.
    public let advice: @Sendable (String?) -> String

    public init(
        _ name: ServiceName, title: String, isProvider: Bool,
        advice: @escaping @Sendable (String?) -> String = { _ in "Look at the account" }
    ) {
        self.name = name
        self.title = title
        self.isProvider = isProvider
        self.advice = advice
    }
}

extension [MonitoredService] {
    /// Who registers new sales; nil where nobody does.
    public var provider: MonitoredService? { first(where: \.isProvider) }

    /// What people call a service. One that is configured no more may have left something behind.
    func title(of name: ServiceName) -> String { first { $0.name == name }?.title ?? name.rawValue }
}
