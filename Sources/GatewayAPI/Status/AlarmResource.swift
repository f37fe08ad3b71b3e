public import Foundation

/// Something that needs a person's hand.
public struct AlarmResource: WireResource {
    public var code = ""
    /// `warning` or `critical`.
    public var severity = ""
    /// The printer in question; null if it concerns none.
    public var printer: String?
    /// The service in question, such as `slime`; null if it concerns none.
    public var service: String?
    /// How many sales, prints or files it concerns.
    public var count: Int?
    /// How long it has lasted.
    public var seconds = 0
    /// An error's code, or a printer's own sentence.
    public var reason: String?
    public var since = Date.distantPast
    /// What is owed, why, and what to do.
    public var text = ""

    public init() {}

    public static let fields: [WireField<AlarmResource>] = [
        .field("code", \.code), .field("severity", \.severity), .field("printer", \.printer),
        .field("service", \.service), .field("count", \.count), .field("seconds", \.seconds),
        .field("reason", \.reason), .field("since", \.since), .field("text", \.text),
    ]
}
