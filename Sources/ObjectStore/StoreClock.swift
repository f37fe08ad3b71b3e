public import Foundation

/// The two times that signing needs: what the machine's clock shows, and one that goes on however that clock is set.
public struct StoreClock: Sendable {
    public var shown: @Sendable () -> Date
    public var counted: @Sendable () -> Date

    public init(shown: @escaping @Sendable () -> Date, counted: @escaping @Sendable () -> Date) {
        self.shown = shown
        self.counted = counted
    }
}
