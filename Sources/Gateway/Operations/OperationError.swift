public import JSON
import Outbox
public import Sales

/// Why an operation was refused.
public enum OperationError: Error, Sendable, Equatable {
    /// The text is not JSON.
    case notJSON(JSONSyntaxError)
    /// Every fault of the sale.
    case invalid([SaleFault])
    /// Every fault of a request that is no sale.
    case invalidRequest([SaleFault])
    /// Another sale has this id.
    case conflict(TransactionID)
    /// There is no such sale or print.
    case notFound(String)
    /// The present state does not allow it.
    case wrongState(String)
    /// The sale's provider cannot do that.
    case unsupported(String)
    /// It cannot be taken now; the same request may succeed after the given time.
    ///
    /// - Parameter isUndone: whether it is certain that nothing was done.
    case unavailable(String, retryAfter: Duration, isUndone: Bool = false)
    /// What is asked for is not made yet; the same request may succeed after the given time.
    case notYet(String, retryAfter: Duration)
    /// The outbox has too much to write, and nothing was done; the same request may succeed in a moment.
    case busy(String)
    /// The printer cannot be reached, or cannot do it now.
    ///
    /// - Parameter isHalfDone: whether it may have done it, or a part of it.
    case printerUnavailable(String, retryAfter: Duration, isHalfDone: Bool = false)
    /// The disk is short of space.
    case diskFull(String)

    /// Whether it may be on paper, or the drawer open, all the same.
    public var isHalfDone: Bool {
        if case .printerUnavailable(_, _, let isHalfDone) = self { isHalfDone } else { false }
    }

    /// Whether it is certain that nothing was done.
    var isWithoutEffect: Bool {
        switch self {
        case .notJSON, .invalid, .invalidRequest, .conflict, .notFound, .wrongState, .unsupported, .notYet, .busy,
            .diskFull:
            true
        // Nobody knows what a stop or a failed disk interrupted.
        case .unavailable(_, _, let isUndone): isUndone
        case .printerUnavailable: !isHalfDone
        }
    }

    init(_ error: OutboxError) {
        switch error.code {
        case .notFound: self = .notFound(error.message)
        case .conflict: self = .wrongState(error.message)
        case .full: self = .diskFull(error.message)
        case .busy: self = .busy(error.message)
        case .storage, .damaged, .fileLost, .logLost, .cannotOpen, .newerSchema, .olderSchema, .query:
            self = .unavailable(error.message, retryAfter: .seconds(5))
        }
    }

    init(_ rejection: SaleRejection) {
        switch rejection {
        case .notJSON(let error): self = .notJSON(error)
        case .invalid(let faults): self = .invalid(faults)
        }
    }
}
