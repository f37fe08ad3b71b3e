import Foundation
import Journey
import Logging
public import Outbox
public import RemoteServices
public import Runtime
public import ServiceLifecycle

/// Asks how open bills stand, one at a time, the one first whose last look is the longest ago. There is no other way to hear
/// of a payment. A change of a bill is an event.
public struct BillWatch: Service {
    /// Each bill is looked at no more often than this, in counted time.
    static let interval: TimeInterval = 600
    /// Between two calls, however many bills there are.
    static let pause: TimeInterval = 2
    /// Between two looks at whether there is something to do.
    static let idle: TimeInterval = 60
    /// A bill that is not shown so often is given up: somebody has removed it.
    static let absences = 3
    static let gone = "gone"

    private let outbox: Outbox
    private let provider: any BillingProvider
    private let context: LoopContext
    private let wakeSignal = WakeSignal()

    public init(outbox: Outbox, provider: any BillingProvider, context: LoopContext) {
        self.outbox = outbox
        self.provider = provider
        self.context = context
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let wait = await look()
                let due = context.clock.now + wait
                while !Task.isCancelled, context.clock.now < due {
                    await wakeSignal.wait(until: due, clock: context.clock, heartbeat: context.heartbeat)
                }
            }
        }
    }

    /// Looks at one bill, if one is due. Returns seconds until the next look.
    func look() async -> TimeInterval {
        do {
            // Nobody bothers a service that is known to be away, or an account that is refused.
            guard try await outbox.account(of: provider.name).condition == .up,
                let (bill, polledAt) = try await outbox.oldestPolledBill(of: provider.name)
            else { return Self.idle }
            let now = context.clock.now
            // A clock that was put back by a new start does not put it off for longer.
            let rest = min((polledAt + Self.interval).timeIntervalSince(now), Self.interval)
            guard rest <= 0 else { return min(rest, Self.idle) }
            return try await look(at: bill)
        } catch {
            context.logger.warning("bills not looked at", metadata: [LogKey.error: "\(error.message)"])
            return Self.idle
        }
    }

    private func look(at bill: BillRecord) async throws(OutboxError) -> TimeInterval {
        let answer: BillingAnswer
        do { answer = try await provider.perform(BillingCall(.show(.bills), id: bill.id)) } catch {
            let now = context.clock.now
            if error.kind == .absent {
                try await outbox.missed(bill.id, atMost: Self.absences, status: Self.gone, at: now)
                return Self.pause
            }
            try await outbox.putOff(bill.id, at: now)
            context.logger.info("bill not shown", metadata: [LogKey.errorCode: "\(error.failure.code)"])
            return max(Self.idle, error.failure.retryAfter?.inSeconds ?? 0)
        }
        let now = context.clock.now
        if let state = provider.bill(answer.json) {
            try await outbox.keep(BillRecord(state, of: provider.name), polledAt: now)
        } else {
            try await outbox.putOff(bill.id, at: now)
        }
        return Self.pause
    }
}
