public import Foundation

/// The gateway's two times, and waiting. It is a value, so a test can bring its own.
///
/// Ages and due times use ``now``; people read ``shown``. See docs/clocks.md.
public struct GatewayClock: Sendable {
    private let count: @Sendable () -> Date
    private let show: @Sendable () -> Date
    private let pause: @Sendable (Date) async throws -> Void

    /// - Parameter shown: what the machine's clock shows; nil if it is never set and equals counted time.
    public init(
        now: @escaping @Sendable () -> Date, shown: (@Sendable () -> Date)? = nil,
        sleepUntil: @escaping @Sendable (Date) async throws -> Void
    ) {
        count = now
        show = shown ?? now
        pause = sleepUntil
    }

    /// Counted time of this process, and the machine's clock. A sleep checks again every minute: it ends when its time
    /// has elapsed, even if a timer did not count the time that the machine was asleep.
    public static let system = GatewayClock(
        now: { Timeline.process.now },
        shown: { Date() },
        sleepUntil: { deadline in
            while case let rest = deadline.timeIntervalSince(Timeline.process.now), rest > 0 {
                try await Task.sleep(for: .seconds(min(rest, 60)), clock: .continuous)
            }
        })

    /// Counted time. It goes as elapsed time does; setting a clock does not change it.
    public var now: Date { count() }

    /// What the machine's clock shows: for times that people read, and for other machines.
    public var shown: Date { show() }

    /// Seconds by which the machine's clock is ahead of counted time.
    public var shownAhead: TimeInterval { shown.timeIntervalSince(now) }

    /// A counted time as the machine's clock shows it.
    public func shown(_ counted: Date) -> Date { counted + shownAhead }

    public func sleep(until deadline: Date) async throws {
        try await pause(deadline)
    }
}
