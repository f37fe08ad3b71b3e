public import Sales

/// The outcome of one step.
public enum StepOutcome: Sendable, Equatable {
    /// The service has acted: go on to follow. `remoteID`: its own name for the result.
    case begun(remoteID: String?)
    /// What an earlier attempt made is there, and the service has not acted now: go on to follow. It says nothing of whether
    /// the account may make anything.
    case found(remoteID: String?)
    case done(JobResult)
    /// The service answered, and nothing is wrong: the result is not there yet.
    case notYet(ServiceFailure)
    /// The service answered, and does not have it: what an earlier attempt may have made, or the result itself. It counts in
    /// ``OwedJob/search``. The failure says when to go on (``ServiceFailure/retryAfter``); nil: at once.
    case absent(ServiceFailure)
    /// The service says that it has what an earlier attempt made, and does not list it yet: it is looked for again, and never
    /// made again. The failure says when; nil: after ``JobSearch/pause``.
    case unlisted(ServiceFailure)
    case failed(ServiceFailure)
}

/// What a service has made.
public enum JobResult: Sendable, Equatable {
    /// The link for a sale's paper, and the provider's value of the sale; nil if it does not say. `isBinding`: the value has
    /// to be the paper's to the satang, or the link is never printed.
    case link(String, total: ProviderTotal?, isBinding: Bool = false)
}
