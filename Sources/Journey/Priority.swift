public import struct Foundation.Date

/// Who goes first where several wait for the same thing. The first two are given to what comes in, and stand in the
/// database; the others are what becomes of it.
public enum Priority: Int, Sendable, Comparable, CaseIterable {
    /// A till sent it, and its customer is taken to wait.
    case till = 0
    /// It lay in a file; thousands may come at once.
    case spool = 1
    /// Nobody waits for it any more.
    case backlog = 2
    /// It fails while others get through, and goes after all of them.
    case apart = 3

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// What it is by now.
    ///
    /// - Parameter liveUntil: when nobody waits for it any more.
    public func at(_ now: Date, liveUntil: Date, waitsApart: Bool) -> Priority {
        if waitsApart { return .apart }
        return liveUntil <= now ? max(self, .backlog) : self
    }
}
