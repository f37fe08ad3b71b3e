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
        try Self.check(retry.way, of: registration, isHeld: isHeld)
        if retry.changesRequest { try Self.checkChange(of: registration, by: retry, isHeld: isHeld) }
        return RegistrationRetry(
            machine: machine,
            takesNewRequest: registration.state == .rejected || isHeld || retry.changesRequest || retry.startsOver,
            // What is moved says nothing of the account that it leaves.
            releasesHold: isHeld && retry.way != .moving)
    }

    private static func check(
        _ way: JobRetry.Way, of registration: JobMachine, isHeld: Bool
    ) throws(RetryRefusal) {
        switch way {
        case .again, .adopting(remoteID: nil): break
        // An attempt without an answer yet may make what is then not looked for, or give it another name.
        case .adopting: guard !registration.hasOpenAttempt else { throw .unanswered }
        case .anew:
            guard !registration.hasOpenAttempt else { throw .unanswered }
            guard registration.remoteID == nil || registration.isAnothers || registration.isOfUnknownEnd else {
                throw .documentKnown
            }
            guard registration.state == .rejected || isHeld else { throw .onItsWay }
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
        guard retry.way != .moving else { return }
        guard registration.state == .rejected || isHeld else { throw .underWay }
        switch retry.way {
        case .adopting, .moving: break
        case .anew: guard registration.step == .begin || registration.isAnothers else { throw .made }
        case .again:
            guard registration.step == .begin else { throw .made }
            // A service that tells a repeat refuses the other request. Any other makes a second document of it.
            if retry.settling != nil, registration.mayHaveActed { throw .mayBeMade }
        }
    }
}

extension JobMachine {
    /// Whether what was taken for its own turned out to be another's.
    fileprivate var isAnothers: Bool { lastError?.isOfAnotherDocument == true }

    /// Whether it was looked for in vain, by its name as well.
    fileprivate var isOfUnknownEnd: Bool {
        state == .rejected && step == .begin && lastError?.isOfUnknownEnd == true
    }
}
