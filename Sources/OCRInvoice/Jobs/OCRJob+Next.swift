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
    /// So long a job may still look untouched after it was asked to be processed.
    public static let processSettling: Duration = .seconds(60)
    /// The same for a job whose status says nothing.
    public static let unknownSettling: Duration = .seconds(600)

    /// - Parameters:
    ///   - processing: of this run.
    ///   - earlier: ``completedAt`` before this run, for a job that is processed again: until it changes, what the job shows is
    ///     the run before.
    public func next(after processing: OCRProcessing, since earlier: String? = nil) -> OCRJobStep {
        let isOfEarlierRun = state.isSettled && earlier != nil && completedAt == earlier
        if state.isSettled, !isOfEarlierRun { return state == .finished ? .fetchResults : .fail }
        switch processing {
        case .notAsked: return .process
        case .accepted: return .wait
        // Processing twice costs twice, so only a job that shows no sign of it is processed again.
        case .unanswered(let ago):
            if isOfEarlierRun { return ago >= Self.processSettling ? .process : .wait }
            switch state {
            case .created: return ago >= Self.processSettling ? .process : .wait
            case .unknown: return ago >= Self.unknownSettling ? .process : .wait
            case .underWay, .finished, .failed: return .wait
            }
        }
    }
}
