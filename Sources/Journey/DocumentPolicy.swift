public import Foundation

/// What may be asked about documents now: the stream of them, or their files. Pure: outcomes and times go in.
///
/// Both have places of their own beside those of sales, so that no customer's sale ever waits for the end of a document's
/// call, and sales learn of their documents while a full disk takes no file. What such a call finds says little about
/// whether sales get through, so each has a pause of its own as well: thousands of files are not asked for one by one while
/// nobody hands them out.
public struct DocumentPolicy: Sendable, Equatable {
    private static let streamPlaces = 1
    private static let filePlaces = 2
    /// Calls at once, of all kinds together.
    public static let allPlaces = streamPlaces + filePlaces
    /// Between calls while they fail.
    static let pause = Backoff(base: .seconds(1), cap: .seconds(60))

    /// Calls at once, and jobs in work.
    private let places: Int
    private var failures = 0
    /// Nothing is asked before.
    public private(set) var nextAt = Date.distantPast

    private init(places: Int) { self.places = places }

    public static let ofStream = DocumentPolicy(places: streamPlaces)
    public static let ofFiles = DocumentPolicy(places: filePlaces)

    /// How many more jobs may be begun. While they fail, one is enough to find out when they do not.
    public func allowance(inWork: Int, at now: Date) -> Int {
        now < nextAt ? 0 : max(0, (failures > 0 ? 1 : places) - inWork)
    }

    public mutating func succeeded() { self = DocumentPolicy(places: places) }

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
