public import struct Foundation.Date

extension SaleRules {
    /// A person sends a registration again.
    ///
    /// - Parameters:
    ///   - adopting: whether what the provider has under its key is taken for ours.
    ///   - changing: whether it says something else from now on, such as another buyer. If an earlier request may have
    ///     made something under its key, that is then no longer ours by itself.
    ///   - remoteID: the provider's own name for what is adopted, if it gives names.
    ///   - isHeld: whether the account is held.
    public func retry(
        _ registration: JobMachine, adopting: Bool, remoteID: String? = nil, changing: Bool = false, isHeld: Bool,
        at now: Date
    ) throws(RetryRefusal) -> RegistrationRetry {
        var machine = registration
        do {
            try machine.apply(.retried(adopting: adopting, remoteID: remoteID, anew: changing, at: now))
        } catch { throw .done(error) }
        if changing {
            guard registration.state == .rejected || isHeld, !registration.hasOpenAttempt else { throw .underWay }
            guard registration.step == .begin || adopting else { throw .made }
        }
        return RegistrationRetry(
            machine: machine, takesNewRequest: registration.state == .rejected || isHeld, releasesHold: isHeld)
    }
}
