import Foundation
import Journey
import Logging
import Outbox
import Slime

// Between sales.
extension Registrar {
    /// Stands among the sales in work; no sale has this number.
    static let greeting: Int64 = 0

    /// An account whose credentials are refused is probed without any sale.
    func probeCredentials() async {
        do {
            if let refusal = await calls.hello() {
                if refusal.isException {
                    try await hold(Failure(refusal, at: clock.now))
                } else {
                    try await noteServiceWideFailure(refusal, of: nil)
                }
            } else {
                try await noteSuccess(of: .hello)
            }
        } catch {
            logger.error("the provider's state was not recorded", metadata: [LogKey.error: "\(error.message)"])
        }
        inFlight[Self.greeting] = nil
        lastCallAt = clock.now
        bell.ring()
    }

    /// Soon enough after a failure that an outage is known before the next customer meets it.
    private static let greetingAfterFailure: Duration = .seconds(2)

    /// Keeps a connection warm, so that the first sale after a quiet hour is no slower than others, and finds out before a
    /// customer does when the provider is down, refuses the account, or is back.
    func keepInTouch(every interval: Duration) async {
        while !isStopping, !Task.isCancelled {
            let pause = policy.isDoubtful ? Self.greetingAfterFailure : interval
            let now = clock.now
            let due = min(lastCallAt, now).addingTimeInterval(pause.inSeconds)
            if now < due {
                // A failure meanwhile makes it due sooner.
                try? await clock.sleep(until: min(due, now + Self.greetingAfterFailure.inSeconds))
            } else {
                lastCallAt = now
                if inFlight.isEmpty {
                    // It is a call like others, and a probe like others.
                    (inFlight[Self.greeting], calling[Self.greeting]) = (.backlog, .backlog)
                    await greet()
                    inFlight[Self.greeting] = nil
                    leaveCalls(Self.greeting)
                    bell.ring()
                }
            }
        }
    }

    /// Where sales are owed to a provider that is down or refuses, they are the probes.
    private func greet() async {
        do {
            if !policy.condition.isUp {
                guard try await outbox.pendingCount(atMost: 1) == 0, policy.isProbeDue(at: clock.now),
                    !policy.condition.isHeld || isHeldByCredentials
                else { return }
            }
            guard let refusal = await calls.hello() else { return try await noteSuccess(of: .hello) }
            switch SlimeVerdict(refusal, step: .show, namesItsTheme: false) {
            case .tryAgain(serviceWide: true): try await noteServiceWideFailure(refusal, of: nil)
            case .holdAccount, .correctClock, .askHello: try await hold(Failure(refusal, at: clock.now))
            case .tryAgain, .tryAgainSeldom, .alreadyInitiated, .rejectSale: try await noteAnswer()
            }
        } catch {
            logger.error("the provider's state was not recorded", metadata: [LogKey.error: "\(error.message)"])
        }
    }
}
