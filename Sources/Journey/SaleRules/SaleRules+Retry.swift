public import struct Foundation.Date

extension SaleRules {
    /// A person sends a registration again.
    ///
    /// - Parameter isHeld: whether the account is held.
    public func retry(
        _ registration: JobMachine, as retry: JobRetry, isHeld: Bool, at now: Date
    ) throws(RetryRefusal) -> RegistrationRetry {
        var machine = registration
        do { try machine.apply(.retried(retry, at: now)) } catch { throw .done(error) }
        try Self.check(retry.way, of: registration)
        if retry.changesRequest { try Self.checkChange(of: registration, by: retry, isHeld: isHeld) }
        return RegistrationRetry(
            machine: machine,
            takesNewRequest: registration.state == .rejected || isHeld || retry.changesRequest || retry.startsOver,
            // What is moved says nothing of the account that it leaves.
            releasesHold: isHeld && retry.way != .moving)
    }

    private static func check(_ way: JobRetry.Way, of registration: JobMachine) throws(RetryRefusal) {
        switch way {
        case .again, .adopting(remoteID: nil): break
        // An attempt without an answer yet may make what is then not looked for, or give it another name.
        case .adopting, .anew: if registration.hasOpenAttempt { throw .unanswered }
        case .moving:
            guard !registration.hasOpenAttempt, !registration.mayHaveActed, registration.step == .begin,
                registration.remoteID == nil
            else { throw .mayBeThere }
        }
    }

    private static func checkChange(
        of registration: JobMachine, by retry: JobRetry, isHeld: Bool
    ) throws(RetryRefusal) {
        guard !registration.hasOpenAttempt else { throw .underWay }
        switch retry.way {
        case .anew, .moving: break
        case .adopting: guard registration.state == .rejected || isHeld else { throw .underWay }
        case .again:
            guard registration.state == .rejected || isHeld else { throw .underWay }
            guard registration.step == .begin else { throw .made }
            // A service that tells a repeat refuses the other request. Any other makes a second document of it.
            if retry.settling != nil, registration.mayHaveActed { throw .mayBeMade }
        }
    }
}
