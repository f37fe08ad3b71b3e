/// What is on record of a job's processing.
public enum OCRProcessing: Sendable, Equatable {
    case notAsked
    /// The service said yes.
    case accepted
    /// It was asked so long ago, and whether the service heard it is not known.
    case unanswered(ago: Duration)
}

/// What to do with a job next.
public enum OCRJobStep: Sendable, Equatable {
    case process, wait, fetchResults
    /// The service could not read the document.
    case fail
}

extension OCRJob {
    /// So long a job may still look untouched after it was asked to be processed, whatever its status says: nobody knows when a
    /// service changes it.
    public static let unknownSettling: Duration = .seconds(600)

    /// - Parameters:
    ///   - processing: of this run.
    ///   - earlier: ``completedAt`` before this run, for a job that is processed again: until it changes, what the job shows is
    ///     the run before.
    public func next(after processing: OCRProcessing, since earlier: String? = nil) -> OCRJobStep {
        if isOver(since: earlier) { return state == .finished ? .fetchResults : .fail }
        // Processing twice costs twice, so only a job that shows no sign of it is processed, also where nobody here has asked:
        // another gateway of the shop may have, or this one before its database was lost.
        if isAtWork(since: earlier) { return .wait }
        switch processing {
        case .notAsked: return .process
        case .accepted: return .wait
        case .unanswered(let ago): return ago >= Self.unknownSettling ? .process : .wait
        }
    }

    /// Whether this run has come to its end.
    public func isOver(since earlier: String? = nil) -> Bool {
        state.isSettled && (earlier == nil || completedAt != earlier)
    }

    /// Whether it shows that the service is at work on this run.
    public func isAtWork(since earlier: String? = nil) -> Bool {
        // When it was begun may be left of the run before.
        saysAtWork || earlier == nil && !state.isSettled && hasBegun
    }
}
