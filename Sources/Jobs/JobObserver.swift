public import Foundation
public import Sales

/// Who counts what a job worker does. None of these may block.
public struct JobObserver: Sendable {
    /// A call of the service, and what kind of failure it was; nil where it was answered with success.
    public var called: @Sendable (_ call: String, _ failure: String?) -> Void
    /// How the provider's total of a sale stands to ours.
    public var compared: @Sendable (TotalComparison) -> Void
    /// Seconds by which the service's clock was found ahead of ours.
    public var clockDrifted: @Sendable (TimeInterval) -> Void

    public init(
        called: @escaping @Sendable (_ call: String, _ failure: String?) -> Void = { _, _ in },
        compared: @escaping @Sendable (TotalComparison) -> Void = { _ in },
        clockDrifted: @escaping @Sendable (TimeInterval) -> Void = { _ in }
    ) {
        self.called = called
        self.compared = compared
        self.clockDrifted = clockDrifted
    }
}
