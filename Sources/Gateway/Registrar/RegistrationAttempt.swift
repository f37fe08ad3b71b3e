import Foundation
import Journey
import Outbox
import Slime

/// One attempt at one sale: record it, call, write down what came of it.
struct RegistrationAttempt {
    let owed: OwedRegistration
    let registrar: Registrar
    let outbox: Outbox
    let slime: SlimeClient

    /// The registration as it stands afterwards.
    func run() async throws(OutboxError) -> RegistrationMachine {
        if await registrar.isHeldByCredentials, let refusal = await hello() {
            return try await keepHeld(by: refusal)
        }
        // On disk before the first byte leaves: after a crash it says "may have been sent".
        let begun = try await outbox.apply([.attemptBegan], to: owed.seq)
        var events: [RegistrationMachine.Event] = []
        if begun.step == .stub {
            let stub = await answer { now throws(SlimeError) in
                try await slime.initiateStub(data: owed.slimeData, issuedAt: now)
            }
            switch stub {
            case .success:
                try await registrar.noteSuccess()
                events.append(.initiated)
            case .failure(let error):
                if SlimeVerdict(error, step: .stub, namesItsTheme: owed.namesItsTheme) == .alreadyInitiated {
                    try await registrar.noteAnswer()
                    let failure = Failure(error, at: await registrar.now)
                    let found = RegistrationMachine.Event.foundInitiated(failure)
                    var machine = begun
                    guard (try? machine.apply(found)) != nil, machine.state == .pending else {
                        return try await outbox.apply([found], to: owed.seq)
                    }
                    events.append(found)
                } else {
                    return try await settle(error, at: .stub, after: [])
                }
            }
        }
        let link = await answer { now throws(SlimeError) in
            try await slime.serviceURL(of: owed.id, issuedAt: now)
        }
        switch link {
        case .success(let url):
            try await registrar.noteSuccess()
            return try await outbox.apply(events + [await outcome(of: url)], to: owed.seq)
        case .failure(let error):
            return try await settle(error, at: .show, after: events)
        }
    }

    /// Calls, and once more at once where the clock could be corrected.
    private func answer<Value: Sendable>(
        _ call: (Date) async throws(SlimeError) -> Value
    ) async -> Result<Value, SlimeError> {
        let signing = await registrar.signing
        do {
            return .success(try await call(signing.time))
        } catch {
            guard case .exception(let exception) = error.kind, exception.meaning == .clock,
                await registrar.correctClock(by: error.serverDate, signedWith: signing.correction)
            else { return .failure(error) }
        }
        do { return .success(try await call(await registrar.signing.time)) } catch { return .failure(error) }
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
            switch await hello() {
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
        return try await outbox.apply(events + [event], to: owed.seq)
    }

    private func hello() async -> SlimeError? {
        let result = await answer { now throws(SlimeError) in try await slime.hello(issuedAt: now) }
        if case .failure(let error) = result { return error }
        return nil
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
