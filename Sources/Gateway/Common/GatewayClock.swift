public import Foundation

/// The time of day, and waiting for one; a value, so that a test can bring its own.
public struct GatewayClock: Sendable {
    private let read: @Sendable () -> Date
    private let pause: @Sendable (Date) async throws -> Void

    public init(now: @escaping @Sendable () -> Date, sleepUntil: @escaping @Sendable (Date) async throws -> Void) {
        read = now
        pause = sleepUntil
    }

    /// The machine's clock. A sleep looks again every minute, so that a clock that is set does not keep anybody asleep.
    public static let system = GatewayClock(
        now: { Date() },
        sleepUntil: { deadline in
            while case let rest = deadline.timeIntervalSinceNow, rest > 0 {
                try await Task.sleep(for: .seconds(min(rest, 60)))
            }
        })

    public var now: Date { read() }

    public func sleep(until deadline: Date) async throws {
        try await pause(deadline)
    }
}
