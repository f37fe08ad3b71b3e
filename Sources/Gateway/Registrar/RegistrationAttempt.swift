import FaultPoints
import Foundation
import Journey
import Outbox
import Slime

/// One attempt at one sale: record it, call, write down what came of it.
struct RegistrationAttempt {
    let owed: OwedRegistration
    let registrar: Registrar
    let outbox: Outbox
    let calls: SlimeCalls

    /// The registration as it stands afterwards.
    func run() async throws(OutboxError) -> RegistrationMachine {
        if await registrar.isHeldByCredentials, let refusal = await calls.hello() {
            return try await keepHeld(by: refusal)
        }
        // On disk before the first byte leaves: after a crash it says "may have been sent".
        FaultPoint.registrationDue.pass()
        let begun = try await outbox.apply([.attemptBegan], to: owed.seq, at: await registrar.now)
        FaultPoint.attemptRecorded.pass()
        var events: [RegistrationMachine.Event] = []
        if begun.step == .stub {
            let stub = await calls.stub(owed.slimeData)
            FaultPoint.stubAnswered.pass()
            switch stub {
            case .success:
                try await registrar.noteSuccess(of: .stub)
                events.append(.initiated)
            case .failure(let error):
                if SlimeVerdict(error, step: .stub, namesItsTheme: owed.namesItsTheme) == .alreadyInitiated {
                    try await registrar.noteAnswer()
                    let failure = Failure(error, at: await registrar.now)
                    let found = RegistrationMachine.Event.foundInitiated(failure)
                    var machine = begun
                    guard (try? machine.apply(found)) != nil, machine.state == .pending else {
                        return try await record([found])
                    }
                    events.append(found)
                } else {
                    return try await settle(error, at: .stub, after: [])
                }
            }
        }
        let link = await calls.show(owed.id)
        FaultPoint.showAnswered.pass()
        switch link {
        case .success(let url):
            try await registrar.noteSuccess(of: .show)
            return try await record(events + [await outcome(of: url)])
        case .failure(let error):
            return try await settle(error, at: .show, after: events)
        }
    }

    private func record(_ events: [RegistrationMachine.Event]) async throws(OutboxError) -> RegistrationMachine {
        try await outbox.apply(events, to: owed.seq, at: await registrar.now)
    }

    /// The link, or why this answer has none that may be printed.
    private func outcome(of url: String?) async -> RegistrationMachine.Event {
        let now = await registrar.now
        guard let url else {
            let failure = Failure(
                code: "Gateway::NoServiceURL", message: "Slime registered the sale but gave no service_url yet", at: now
            )
            return .deferred(failure, until: due(after: .sale, at: now), mayHaveActed: false)
        }
        if let fault = ServiceURLRule.fault(of: url) {
            return .rejected(
                Failure(code: "Gateway::UnprintableServiceURL", message: "\(fault): it is never printed", at: now))
        }
        return .linked(serviceURL: url)
    }

    private func settle(
        _ error: SlimeError, at step: RegistrationMachine.Step, after events: [RegistrationMachine.Event]
    ) async throws(OutboxError) -> RegistrationMachine {
        let now = await registrar.now
        let failure = Failure(error, at: now)
        let verdict = SlimeVerdict(error, step: step, namesItsTheme: owed.namesItsTheme)
        let event: RegistrationMachine.Event
        switch verdict {
        case .tryAgain(let serviceWide):
            if serviceWide {
                try await registrar.noteServiceWideFailure(error, of: owed.seq)
            } else {
                try await registrar.noteAnswer()
            }
            event = .deferred(
                failure, until: due(after: .sale, at: now, minimum: error.retryAfter), mayHaveActed: error.mayHaveActed)
        case .tryAgainSeldom, .alreadyInitiated:
            try await registrar.noteAnswer()
            event = .deferred(failure, until: due(after: .unknownCode, at: now), mayHaveActed: error.mayHaveActed)
        case .holdAccount, .correctClock:
            try await registrar.hold(failure)
            event = .deferred(failure, until: now, mayHaveActed: error.mayHaveActed)
        case .askHello:
            switch await calls.hello() {
            case .some(let refusal) where refusal.code == error.code:
                // Refused alike: it is the account.
                try await registrar.hold(failure)
                event = .deferred(failure, until: now, mayHaveActed: false)
            case .some(let refusal) where !refusal.isException:
                // Not answered, so not known: ask both again later.
                try await registrar.noteServiceWideFailure(refusal, of: owed.seq)
                event = .deferred(failure, until: due(after: .sale, at: now), mayHaveActed: false)
            default:
                try await registrar.noteAnswer()
                event = .rejected(failure)
            }
        case .rejectSale:
            try await registrar.noteAnswer()
            event = .rejected(failure)
        }
        return try await record(events + [event])
    }

    /// The probe says that the account is refused still: nothing was tried with the sale.
    private func keepHeld(by refusal: SlimeError) async throws(OutboxError) -> RegistrationMachine {
        if refusal.isException {
            try await registrar.hold(Failure(refusal, at: await registrar.now))
        } else {
            try await registrar.noteServiceWideFailure(refusal, of: owed.seq)
        }
        return owed.machine
    }

    private func due(after backoff: Backoff, at now: Date, minimum: Duration? = nil) -> Date {
        let delay = backoff.delay(failures: owed.machine.attempts + 1, jitter: .random(in: 0..<1), minimum: minimum)
        return now.addingTimeInterval(delay.inSeconds)
    }
}
