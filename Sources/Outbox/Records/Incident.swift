public import Foundation

/// Something that went wrong and is in no other table: counted until somebody has seen it, across restarts.
public struct Incident: Sendable, Equatable {
    /// The alarm's code.
    public let code: String
    /// The name of the service in question; nil if it concerns the gateway as a whole.
    public let subject: String?
    /// How often it has happened and not been acknowledged since.
    public let count: Int
    /// When the first of them happened.
    public let since: Date
    /// Why the last one happened. Never a link or a buyer's data.
    public let reason: String?

    public init(code: String, subject: String? = nil, count: Int = 1, since: Date, reason: String? = nil) {
        self.code = code
        self.subject = subject
        self.count = count
        self.since = since
        self.reason = reason
    }
}
