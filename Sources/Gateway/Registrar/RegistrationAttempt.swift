import FaultPoints
import Foundation
import Journey
import Outbox
import Slime

/// One attempt at one sale, which is on disk as begun: call, and write down what came of it.
struct RegistrationAttempt {
    let owed: OwedRegistration
    let registrar: Registrar
    let outbox: Outbox
    let calls: SlimeCalls

    /// The registration as it stands afterwards; nil where nothing was sent after all.
    func run() async throws(OutboxError) -> RegistrationMachine? {
        let hasPlace = await registrar.enterCalls(owed)
        guard hasPlace, !Task.isCancelled else {
            if hasPlace { await registrar.leaveCalls(owed.seq) }
            try await withdraw()
            return nil
        }
        let events: [RegistrationMachine.Event]
        do throws(OutboxError) {
            events = try await exchange()
        } catch {
            await registrar.leaveCalls(owed.seq)
            throw error
        }
        await registrar.leaveCalls(owed.seq)
        return try await outbox.apply(events, to: owed.seq, at: await registrar.now)
    }

    /// Takes back that it began. Left standing it would say that the provider may know of this sale.
    private func withdraw() async throws(OutboxError) {
        while true {
            let failure: OutboxError
            do throws(OutboxError) {
                try await outbox.apply([.withdrawn], to: owed.seq, at: await registrar.now)
                return
            } catch {
                failure = error
            }
            guard failure.code == .full || failure.code == .busy, await registrar.waitForDisk() else { throw failure }
        }
    }

    /// Both calls, or the one that is left. What follows from the answers for this sale.
    private func exchange() async throws(OutboxError) -> [RegistrationMachine.Event] {
        var events: [RegistrationMachine.Event] = []
        if owed.machine.step == .stub {
            let stub = await calls.stub(owed.slimeData)
            FaultPoint.stubAnswered.pass()
            switch stub {
            case .success:
                try await registrar.noteSuccess(of: .stub)
                events.append(.initiated)
            case .failure(let error):
                guard SlimeVerdict(error, step: .stub, namesItsTheme: owed.namesItsTheme) == .alreadyInitiated else {
                    return [try await outcome(of: error, at: .stub)]
                }
                try await registrar.noteAnswer()
                events.append(.foundInitiated(Failure(error, at: await registrar.now)))
                // A stranger's: its link is not ours to ask for.
                if !owed.machine.mayBeInitiated { return events }
            }
        }
        let link = await calls.show(owed.id)
        FaultPoint.showAnswered.pass()
        switch link {
        case .success(let url):
            try await registrar.noteSuccess(of: .show)
            events.append(await outcome(of: url))
        case .failure(let error):
            events.append(try await outcome(of: error, at: .show))
        }
        return events
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

    /// What a failed call means for this sale; what it means for all is told to the registrar.
    private func outcome(
        of error: SlimeError, at step: RegistrationMachine.Step
    ) async throws(OutboxError) -> RegistrationMachine.Event {
        let now = await registrar.now
        let failure = Failure(error, at: now)
        let verdict = SlimeVerdict(error, step: step, namesItsTheme: owed.namesItsTheme)
        switch verdict {
        case .tryAgain(let serviceWide):
            if serviceWide {
                try await registrar.noteServiceWideFailure(error, of: owed.seq)
            } else {
                try await registrar.noteAnswer()
            }
            return .deferred(
                failure, until: due(after: .sale, at: now, minimum: error.retryAfter), mayHaveActed: error.mayHaveActed)
        case .tryAgainSeldom, .alreadyInitiated:
            try await registrar.noteAnswer()
            return .deferred(failure, until: due(after: .unknownCode, at: now), mayHaveActed: error.mayHaveActed)
        case .holdAccount, .correctClock:
            try await registrar.hold(failure)
            return .deferred(failure, until: now, mayHaveActed: error.mayHaveActed)
        case .askHello:
            switch await calls.hello() {
            case .some(let refusal) where refusal.code == error.code:
                // Refused alike: it is the account.
                try await registrar.hold(failure)
                return .deferred(failure, until: now, mayHaveActed: false)
            case .some(let refusal) where !refusal.isException:
                // Not answered, so not known: ask both again later.
                try await registrar.noteServiceWideFailure(refusal, of: owed.seq)
                return .deferred(failure, until: due(after: .sale, at: now), mayHaveActed: false)
            default:
                try await registrar.noteAnswer()
                return .rejected(failure)
            }
        case .rejectSale:
            try await registrar.noteAnswer()
            return .rejected(failure)
        }
    }

    private func due(after backoff: Backoff, at now: Date, minimum: Duration? = nil) -> Date {
        let delay = backoff.delay(failures: owed.machine.attempts, jitter: .random(in: 0..<1), minimum: minimum)
        return now.addingTimeInterval(delay.inSeconds)
    }
}
