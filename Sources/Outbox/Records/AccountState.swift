public import Foundation
public import Journey

/// Whether the account with a service works, for every reader of the outbox.
public struct AccountState: Sendable, Equatable {
    public enum Condition: String, Sendable {
        case up, down, held
    }

    public let condition: Condition
    /// Why it is held.
    public let failure: Failure?
    public let since: Date?

    public static let up = AccountState(condition: .up, failure: nil, since: nil)

    public init(condition: Condition, failure: Failure? = nil, since: Date? = nil) {
        self.condition = condition
        self.failure = failure
        self.since = since
    }
}
