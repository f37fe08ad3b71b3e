import Foundation

/// A limit of calls within a sliding window. Every call counts, also one that is refused: the page does not say so, and a
/// simulator must not be kinder than the real thing.
struct RateWindow {
    private let limit: Int
    private let length: TimeInterval
    /// When each call came that still counts, the earliest first.
    private var arrivals: [Date] = []

    init(limit: Int, length: Duration) {
        self.limit = limit
        self.length = length / .seconds(1)
    }

    /// How many came within the window.
    var count: Int { arrivals.count }

    /// - Returns: nil if the call is let in, or how long to wait.
    mutating func enter(at now: Date) -> Duration? {
        arrivals.removeFirst(arrivals.prefix { $0 + length < now }.count)
        arrivals.append(now)
        guard arrivals.count > limit else { return nil }
        let free = arrivals[arrivals.count - limit] + length
        return .seconds(max(1, free.timeIntervalSince(now)))
    }
}
