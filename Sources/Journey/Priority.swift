public import struct Foundation.Date

/// Who goes first if several wait for the same thing. A new sale gets one of the first two, which the database keeps; the
/// others follow later.
public enum Priority: Int, Sendable, Comparable, CaseIterable {
    /// A till sent it, and its customer probably waits.
    case till = 0
    /// It came from a file; thousands may come at once.
    case spool = 1
    /// Nobody waits for it any more.
    case backlog = 2
    /// It fails while others get through, and goes after all of them.
    case apart = 3
    /// It is about documents that are made already, and goes after everything that is to be made.
    case documents = 4
    /// It only looks for what an earlier attempt may have made, beside everything else.
    case look = 5

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The present priority.
    ///
    /// - Parameter liveUntil: when nobody waits for it any more.
    public func at(_ now: Date, liveUntil: Date, waitsApart: Bool) -> Priority {
        if waitsApart { return .apart }
        return liveUntil <= now ? max(self, .backlog) : self
    }
}
