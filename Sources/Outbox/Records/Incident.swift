public import Foundation

/// What went wrong and is no sale's or print's own: counted until somebody has seen it, over restarts as well.
public struct Incident: Sendable, Equatable {
    /// The alarm's.
    public let code: String
    /// The printer or folder that it is about; nil where it is about the gateway as a whole.
    public let subject: String?
    public let count: Int
    /// When the first of them happened.
    public let since: Date
    /// Why the last one did. Never a link or what a buyer said of themselves.
    public let reason: String?

    public init(code: String, subject: String? = nil, count: Int = 1, since: Date, reason: String? = nil) {
        self.code = code
        self.subject = subject
        self.count = count
        self.since = since
        self.reason = reason
    }
}
