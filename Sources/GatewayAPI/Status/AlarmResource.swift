public import Foundation

/// Something that needs a person's hand.
public struct AlarmResource: WireResource {
    public var code = ""
    /// `warning` or `critical`.
    public var severity = ""
    /// The printer that it is about; null where it is about none.
    public var printer: String?
    /// The service that it is about, such as `slime`; null where it is about none.
    public var service: String?
    /// How many sales, prints or files it is about.
    public var count: Int?
    /// How long what it is about has been so.
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
