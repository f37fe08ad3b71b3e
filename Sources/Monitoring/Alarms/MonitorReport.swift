public import Foundation
public import Outbox

/// What the alarm monitor knows, with its times as the machine's clock shows them.
public struct MonitorReport: Sendable {
    /// Nil until the database has answered for the first time.
    public let figures: OutboxFigures?
    /// When they were read.
    public let readAt: Date?
    public let room: DiskFigures?
    public let alarms: [Alarm]

    public init(figures: OutboxFigures?, readAt: Date?, room: DiskFigures?, alarms: [Alarm]) {
        self.figures = figures
        self.readAt = readAt
        self.room = room
        self.alarms = alarms
    }
}
