/// Waiting times that double, are capped, and are drawn evenly between nothing and the whole ("full jitter"), so that a
/// thousand stores do not come back in the same second.
public struct Backoff: Sendable, Equatable {
    public let base: Duration
    public let cap: Duration

    public init(base: Duration, cap: Duration) {
        self.base = base
        self.cap = cap
    }

    /// For one sale: short enough that a hiccup is over before the paper stops waiting, ten minutes at most.
    public static let sale = Backoff(base: .milliseconds(400), cap: .seconds(600))
    /// For what was charged, and has to be asked for or made anew: somebody may wait for it.
    public static let charged = Backoff(base: .milliseconds(400), cap: .seconds(60))
    /// For an exception code that we do not know: it may need a newer gateway.
    public static let unknownCode = Backoff(base: .seconds(30), cap: ServicePolicy.longestDelay)
    /// Between probes while the provider as a whole is down.
    public static let probe = Backoff(base: .seconds(1), cap: .seconds(30))

    /// - Parameters:
    ///   - failures: how often it has failed in a row, from 1.
    ///   - jitter: evenly drawn from 0 ..< 1.
    ///   - minimum: what the other side asked for (`Retry-After`); honoured up to an hour.
    public func delay(failures: Int, jitter: Double, minimum: Duration? = nil) -> Duration {
        let doublings = min(max(failures - 1, 0), 30)
        let whole = min(cap, base * (1 << doublings))
        let drawn = whole * min(max(jitter, 0), 1)
        return max(drawn, min(minimum ?? .zero, ServicePolicy.longestDelay))
    }
}
