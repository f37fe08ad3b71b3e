/// The calls of one group in a sliding window. Pure: times go in.
///
/// A place is taken from the beginning of a call until the window's length after its end. The service counts a call somewhere
/// in between, so it never counts more than there are places, however long calls take.
struct CallWindow: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// A call's place.
    struct Place: Sendable, Equatable {
        /// Not before.
        let start: Instant
        /// When the one before it left.
        fileprivate let freeSince: Instant
    }

    enum Entry: Sendable, Equatable {
        case place(Place)
        /// None in time: ask again then.
        case later(Instant)
    }

    /// While every place has a call whose end is not known.
    private static let glance: Duration = .seconds(1)

    private let length: Duration
    private let reserve: Int
    /// When each place is free that no call has, the earliest first.
    private var free: [Instant]
    /// The service wants no calls until then.
    private var pausedUntil: Instant?

    /// - Parameters:
    ///   - places: most calls in a window.
    ///   - reserve: how many of them are kept from calls that nobody waits for.
    ///   - taken: for each call from before that still counts, when its place is free.
    init(places: Int, reserve: Int = 0, taken: [Instant] = [], length: Duration, at now: Instant) {
        self.length = length
        self.reserve = min(reserve, places - 1)
        let taken = taken.sorted().suffix(places)
        free = Array(repeating: now, count: places - taken.count) + taken
    }

    /// - Parameter patience: how long the call may wait for its place.
    mutating func enter(_ urgency: CallUrgency, within patience: Duration, at now: Instant) -> Entry {
        let decisive = urgency == .late ? reserve : 0
        let opens = max(now, pausedUntil ?? now)
        guard decisive < free.count else { return .later(max(opens, now + Self.glance)) }
        let start = max(opens, free[decisive])
        guard start <= now + patience else { return .later(start) }
        return .place(Place(start: start, freeSince: free.removeFirst()))
    }

    /// Whether a call that has waited may still begin.
    func permits(_ place: Place) -> Bool { pausedUntil.map { $0 <= place.start } ?? true }

    var opensAt: Instant? { pausedUntil }

    /// The call has ended.
    mutating func leave(_ place: Place, at now: Instant) { add(now + length) }

    /// The call was not made.
    mutating func giveBack(_ place: Place) { add(place.freeSince) }

    /// The service answered that there were too many.
    mutating func pause(until instant: Instant) { pausedUntil = max(pausedUntil ?? instant, instant) }

    private mutating func add(_ instant: Instant) {
        free.insert(instant, at: free.firstIndex { $0 > instant } ?? free.endIndex)
    }
}
