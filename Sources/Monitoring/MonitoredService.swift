public import Sales

/// A service outside, as alarms and metrics name it.
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
    /// The service that registers new sales; nil if there is none.
    public var provider: MonitoredService? { first(where: \.isProvider) }

    /// A service's name for people. One that is not configured any more may have left something behind.
    func title(of name: ServiceName) -> String { first { $0.name == name }?.title ?? name.rawValue }
}
