import Foundation
import Journey
import Outbox

/// Free space on the database's disk.
public struct DiskFigures: Sendable, Equatable {
    /// Bytes that may still be written; nil if that could not be found out.
    public let free: Int?
    /// Bytes of the database with its log.
    public let databaseSize: Int?

    public init(free: Int?, databaseSize: Int?) {
        self.free = free
        self.databaseSize = databaseSize
    }
}

/// Everything that alarms are judged by, as of the last look.
struct MonitorSnapshot: Sendable {
    /// Nil until the database has answered for the first time.
    var figures: OutboxFigures?
    /// Since when the database owes an answer; nil while it owes none.
    var askedDatabaseAt: Date?
    /// For how long, counted in looks: a clock that is set does not mean that a database hangs.
    var databaseSilence: Duration = .zero
    var room: DiskFigures?
    var printers: [PrinterCondition] = []
    /// Nil if nobody watches the clock.
    var clock: ClockEvidence?
    /// What other rooms report as needing a hand; each look asks them.
    var reported: [Alarm] = []
}
