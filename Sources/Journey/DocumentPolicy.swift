public import Foundation

/// What may be asked about documents now. Pure: outcomes and times go in.
///
/// Documents have places of their own beside those of sales, so that no customer's sale ever waits for the end of a
/// document's call. What such a call finds says little about whether sales get through, so it has a pause of its own as
/// well: thousands of files are not asked for one by one while nobody hands them out.
public struct DocumentPolicy: Sendable, Equatable {
    /// Calls at once, and jobs in work.
    public static let places = 2
    /// Between calls while they fail.
    static let pause = Backoff(base: .seconds(1), cap: .seconds(60))

    private var failures = 0
    /// Nothing is asked before.
    public private(set) var nextAt = Date.distantPast

    public init() {}

    /// How many more jobs may be begun.
    public func allowance(inWork: Int, at now: Date) -> Int {
        now < nextAt ? 0 : max(0, Self.places - inWork)
    }

    public mutating func succeeded() { self = DocumentPolicy() }

    /// A call brought no answer, or no file, or the archive took none.
    ///
    /// - Parameters:
    ///   - jitter: evenly drawn from 0 ..< 1.
    ///   - retryAfter: how long the other side asked us to wait.
    public mutating func failed(at now: Date, jitter: Double, retryAfter: Duration? = nil) {
        // Those that were under way together fail together: that is one failure.
        if now >= nextAt { failures += 1 }
        let delay = Self.pause.delay(failures: failures, jitter: jitter, minimum: retryAfter)
        nextAt = max(nextAt, now + delay.inSeconds)
    }
}
