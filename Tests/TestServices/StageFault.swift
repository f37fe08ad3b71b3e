/// What the other end of a service does wrong on command.
public enum StageFault: String, Sendable, CaseIterable {
    case lostBeforeActing = "an answer lost before it acted"
    case lostAfterActing = "an answer lost after it acted"
    case garbage = "an answer that is none"
    case cut = "an answer cut short"
    case huge = "an answer without an end"
    case slow = "an answer that comes too late"
    case unavailable = "a 503"
    case accountRefused = "an account that is refused"
    case jobRefused = "a job that is refused"

    /// After these it is not known what became of the call.
    public static let unanswered: [StageFault] = [
        .lostBeforeActing, .lostAfterActing, .garbage, .cut, .huge, .slow, .unavailable,
    ]
}

/// The calls of a service.
public enum StageCall: String, Sendable, CaseIterable {
    case begin, follow, probe
}
