public import Sales

/// The outcome of one step.
public enum StepOutcome: Sendable, Equatable {
    /// What the next attempt needs is there, and what this one may have made the service do is known: begin again. A service
    /// takes several attempts where not each part can be repeated: what a power cut leaves open is then one of them alone.
    ///
    /// - Parameters:
    ///   - remoteID: the service's own name for what is there; nil if it has none.
    ///   - context: in place of the job's; nil leaves it.
    case prepared(remoteID: String?, context: String? = nil)
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
    /// What was made is of no use any more, or the service does not know it: begin again. It counts as a repeat in
    /// ``OwedJob/search``. `keeping`: the service's own name for what is still there of it.
    case lost(ServiceFailure, keeping: String? = nil)
    case failed(ServiceFailure)
}

/// What a service has made.
public enum JobResult: Sendable, Equatable {
    /// The link for a sale's paper, and the provider's value of the sale; nil if it does not say. `isBinding`: the value has
    /// to be the paper's to the satang, or the link is never printed.
    case link(String, total: ProviderTotal?, isBinding: Bool = false)
    /// What a service has read on a payment slip, and what it took for that; nil if that is not known any more.
    case reading(SlipReading, credits: Int? = nil)
    /// What was made of it is in a file already.
    case filed
}
