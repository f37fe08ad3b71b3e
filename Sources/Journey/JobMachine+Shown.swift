public import Foundation

extension JobMachine.Event {
    /// The same event as shown by a clock that is ahead by this many seconds. The next due time stays counted.
    public func shown(ahead: TimeInterval) -> Self {
        switch self {
        case .foundExisting(let failure): .foundExisting(failure.shown(ahead: ahead))
        case .deferred(let failure, let due, let mayHaveActed, let apart):
            .deferred(failure.shown(ahead: ahead), until: due, mayHaveActed: mayHaveActed, apart: apart)
        case .absent(let failure, let due): .absent(failure.shown(ahead: ahead), until: due)
        case .unlisted(let failure, let due): .unlisted(failure.shown(ahead: ahead), until: due)
        case .lost(let failure, let due, let id): .lost(failure.shown(ahead: ahead), at: due, keeping: id)
        case .rejected(let failure): .rejected(failure.shown(ahead: ahead))
        case .attemptBegan, .withdrawn, .documentWithdrawn, .prepared, .begun, .wentOn, .done, .continued, .retried:
            self
        }
    }
}

extension Failure {
    fileprivate func shown(ahead: TimeInterval) -> Failure { Failure(code: code, message: message, at: at + ahead) }
}
