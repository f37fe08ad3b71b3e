public import struct Foundation.Date

extension SaleRules {
    /// A person sends a registration again.
    ///
    /// - Parameters:
    ///   - adopting: whether what the provider has under its key is taken for ours.
    ///   - isHeld: whether the account is held.
    public func retry(
        _ registration: JobMachine, adopting: Bool, isHeld: Bool, at now: Date
    ) throws(IllegalTransition) -> RegistrationRetry {
        var machine = registration
        try machine.apply(.retried(adopting: adopting, at: now))
        return RegistrationRetry(
            machine: machine, takesNewRequest: registration.state == .rejected || isHeld, releasesHold: isHeld)
    }
}
