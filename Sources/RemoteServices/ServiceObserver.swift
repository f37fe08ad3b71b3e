public import Foundation

/// Counts the results of a service's calls. No method may block.
public struct ServiceObserver: Sendable {
    /// A call, and the kind of its failure; nil if it succeeded. Both are from a small fixed set.
    public var called: @Sendable (_ call: String, _ failure: String?) -> Void
    /// Seconds by which the service's clock is ahead of ours.
    public var clockDrifted: @Sendable (TimeInterval) -> Void

    public init(
        called: @escaping @Sendable (_ call: String, _ failure: String?) -> Void = { _, _ in },
        clockDrifted: @escaping @Sendable (TimeInterval) -> Void = { _ in }
    ) {
        self.called = called
        self.clockDrifted = clockDrifted
    }
}

/// The two times that a service may need: the machine's, and one that goes on however the machine's is set.
public struct ServiceClock: Sendable {
    public var shown: @Sendable () -> Date
    public var counted: @Sendable () -> Date

    public init(shown: @escaping @Sendable () -> Date, counted: @escaping @Sendable () -> Date) {
        self.shown = shown
        self.counted = counted
    }
}
