import Foundation
import Journey

// Events have counted time; the times that people read are written as the machine's clock shows them.

extension PrintMachine.Event {
    /// When it ended the print; nil if it did not.
    var time: Date? {
        switch self {
        case .confirmed(_, let time, _), .lostContact(_, let time), .failed(_, let time), .cancelled(let time, _):
            time
        case .began, .returned, .heldUp, .wentOn, .requeued: nil
        }
    }

    func shown(ahead: TimeInterval) -> Self {
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

extension JobMachine.Event {
    /// The next due time stays counted.
    func shown(ahead: TimeInterval) -> Self {
        switch self {
        case .foundExisting(let failure): .foundExisting(failure.shown(ahead: ahead))
        case .deferred(let failure, let due, let mayHaveActed, let apart):
            .deferred(failure.shown(ahead: ahead), until: due, mayHaveActed: mayHaveActed, apart: apart)
        case .rejected(let failure): .rejected(failure.shown(ahead: ahead))
        case .attemptBegan, .withdrawn, .begun, .done, .retried: self
        }
    }
}

extension Failure {
    fileprivate func shown(ahead: TimeInterval) -> Failure { Failure(code: code, message: message, at: at + ahead) }
}
