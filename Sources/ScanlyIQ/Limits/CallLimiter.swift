import Synchronization

/// Keeps our calls below the page's limits. A call waits a moment for its place; if that is not enough, it is not made.
///
/// It counts by a clock that does not step. What a gateway before this one called counts as well, as far as its journal says.
final class CallLimiter: Sendable {
    typealias Instant = CallWindow.Instant

    /// Longer than a place is usually waited for while calls are spread; shorter than a stop of the gateway may take.
    static let patience: Duration = .seconds(5)
    /// After a 429 that does not say how long: the page's window.
    private static let usualPause: Duration = .seconds(60)
    private static let longestPause: Duration = .seconds(3_600)

    private let windows: [CallGroup: SharedWindow]
    private let journal: CallJournal?
    private let now: @Sendable () -> Instant

    private final class SharedWindow: Sendable {
        private let window: Mutex<CallWindow>

        init(_ window: CallWindow) {
            self.window = Mutex(window)
        }

        func use<Value: Sendable>(_ body: (inout CallWindow) -> Value) -> Value { window.withLock { body(&$0) } }
    }

    init(_ limits: CallLimits, journal: CallJournal? = nil, now: @escaping @Sendable () -> Instant = { .now }) {
        self.journal = journal
        self.now = now
        let start = now()
        func window(_ group: CallGroup, places: Int, reserve: Int = 0) -> SharedWindow {
            let taken = journal?.remaining(group, of: limits.window).map { start + $0 } ?? []
            return SharedWindow(
                CallWindow(places: places, reserve: reserve, taken: taken, length: limits.window, at: start))
        }
        windows = [
            .uploads: window(.uploads, places: limits.uploads),
            .others: window(.others, places: limits.others, reserve: limits.reserve),
        ]
    }

    /// Makes a call once it has its place. Throws ``ScanlyIQError/Kind/limited`` if it was not made.
    func run<Value: Sendable>(
        _ group: CallGroup, _ urgency: CallUrgency, _ call: @Sendable () async throws(ScanlyIQError) -> Value
    ) async throws(ScanlyIQError) -> Value {
        guard let window = windows[group] else { return try await call() }
        let place: CallWindow.Place
        switch window.use({ $0.enter(urgency, within: Self.patience, at: now()) }) {
        case .place(let found): place = found
        case .later(let instant): throw limited(until: instant)
        }
        do { try await wait(for: place) } catch {
            window.use { $0.giveBack(place) }
            throw limited(until: now())
        }
        let opens = window.use { window -> Instant? in
            if window.permits(place) { return nil }
            window.giveBack(place)
            return window.opensAt
        }
        if let opens { throw limited(until: opens) }
        let mark = journal?.began(group)
        defer { if let mark { journal?.ended(group, mark) } }
        do {
            let value = try await call()
            window.use { $0.leave(place, at: now()) }
            return value
        } catch {
            let ended = now()
            window.use { window in
                window.leave(place, at: ended)
                if error.kind == .status(429) {
                    window.pause(until: ended + min(error.retryAfter ?? Self.usualPause, Self.longestPause))
                }
            }
            throw error
        }
    }

    private func wait(for place: CallWindow.Place) async throws {
        if place.start > now() { try await Task.sleep(until: place.start, clock: .continuous) }
    }

    private func limited(until instant: Instant) -> ScanlyIQError {
        ScanlyIQError(
            .limited, "it waits its turn: ScanlyIQ takes only so many calls in a minute",
            retryAfter: max(.zero, instant - now()))
    }
}
