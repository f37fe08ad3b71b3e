public import Sales

/// The outcome of one step.
public enum StepOutcome: Sendable, Equatable {
    /// The service has acted: go on to follow. `remoteID`: its own name for the result.
    case begun(remoteID: String?)
    case done(JobResult)
    /// The service answered, and nothing is wrong: the result is not there yet.
    case notYet(ServiceFailure)
    case failed(ServiceFailure)
}

/// What a service has made.
public enum JobResult: Sendable, Equatable {
    /// The link for a sale's paper, and the provider's value of the sale; nil if it does not say.
    case link(String, total: ProviderTotal?)
}
