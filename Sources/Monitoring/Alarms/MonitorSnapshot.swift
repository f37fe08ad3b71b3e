import Foundation
import Journey
import Outbox

/// Room on the disk that the database is on.
public struct DiskFigures: Sendable, Equatable {
    /// Bytes that may still be written; nil where that could not be found out.
    public let free: Int?
    /// Bytes of the database with its log.
    public let databaseSize: Int?

    public init(free: Int?, databaseSize: Int?) {
        self.free = free
        self.databaseSize = databaseSize
    }
}

/// Everything that an alarm is judged by, as it was last seen.
struct MonitorSnapshot: Sendable {
    /// Nil until the database has answered for the first time.
    var figures: OutboxFigures?
    /// Since when the database owes an answer; nil while it owes none.
    var askedDatabaseAt: Date?
    /// For how long, counted in looks: a clock that is set is no sign of a database that hangs.
    var databaseSilence: Duration = .zero
    var room: DiskFigures?
    var printers: [PrinterCondition] = []
    /// Nil where nobody watches the clock.
    var clock: ClockEvidence?
    /// What other rooms say needs a hand: they are asked at each look.
    var reported: [Alarm] = []
}
