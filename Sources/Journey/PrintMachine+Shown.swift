public import Foundation

// Events have counted time; the times that people read are written as the machine's clock shows them.
extension PrintMachine.Event {
    /// When it ended the print; nil if it did not.
    public var time: Date? {
        switch self {
        case .confirmed(_, let time, _), .lostContact(_, let time), .failed(_, let time), .cancelled(let time, _):
            time
        case .began, .returned, .heldUp, .wentOn, .requeued: nil
        }
    }

    /// The same event as shown by a clock that is ahead by this many seconds.
    public func shown(ahead: TimeInterval) -> Self {
        switch self {
        case .confirmed(let confirmation, let time, let lacking):
            .confirmed(confirmation, at: time + ahead, lacking: lacking)
        case .lostContact(let reason, let time): .lostContact(reason: reason, at: time + ahead)
        case .failed(let reason, let time): .failed(reason: reason, at: time + ahead)
        case .cancelled(let time, let reason): .cancelled(at: time + ahead, reason: reason)
        case .began, .returned, .heldUp, .wentOn, .requeued: self
        }
    }
}
