public import Foundation

/// The time of day, and waiting for one; a value, so that a test can bring its own.
public struct GatewayClock: Sendable {
    private let read: @Sendable () -> Date
    private let pause: @Sendable (Date) async throws -> Void

    public init(now: @escaping @Sendable () -> Date, sleepUntil: @escaping @Sendable (Date) async throws -> Void) {
        read = now
        pause = sleepUntil
    }

    /// The machine's clock. A sleep looks again every minute, and is over at the latest when the time it was begun for has
    /// passed: a clock that is set forward or back keeps nobody asleep.
    public static let system = GatewayClock(
        now: { Date() },
        sleepUntil: { deadline in
            let end = ContinuousClock.now + .seconds(min(max(deadline.timeIntervalSinceNow, 0), 1e9))
            while case let rest = min(deadline.timeIntervalSinceNow, (end - .now) / .seconds(1)), rest > 0 {
                try await Task.sleep(for: .seconds(min(rest, 60)))
            }
        })

    public var now: Date { read() }

    public func sleep(until deadline: Date) async throws {
        try await pause(deadline)
    }
}
