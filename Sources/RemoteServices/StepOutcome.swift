public import Sales

/// What came of one step.
public enum StepOutcome: Sendable, Equatable {
    /// The service has acted: go on to follow. `remoteID`: its own name for what it made.
    case begun(remoteID: String?)
    case done(JobResult)
    /// It was answered, and nothing is wrong: what is asked for is not there yet.
    case notYet(ServiceFailure)
    case failed(ServiceFailure)
}

/// What a service has made.
public enum JobResult: Sendable, Equatable {
    /// The link for a sale's paper, and what the provider holds the sale to come to; nil where it does not say.
    case link(String, total: ProviderTotal?)
}
