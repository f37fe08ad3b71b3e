public import struct Foundation.Date

/// What a person's retry of a registration changes.
public struct RegistrationRetry: Sendable, Equatable {
    /// The registration afterwards: due at once.
    public let machine: JobMachine
    /// Whether its request is built again. One that only waits keeps the bytes that may have been sent.
    public let takesNewRequest: Bool
    /// Whether the hold is lifted: a person who retries a held sale says that the account is corrected. The hold comes back
    /// if it is not. All held jobs become due together, because a hold puts none of them off.
    public let releasesHold: Bool
}

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
