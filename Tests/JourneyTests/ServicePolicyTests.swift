import Foundation
import Testing

@testable import Journey

@Suite struct ServicePolicyTests {
    private static let start = Date(timeIntervalSince1970: 1_795_144_500)
    private static let failure = Failure(code: "Fund::InsufficientBalance", message: "top up", at: start)

    private static func after(_ seconds: TimeInterval) -> Date { start.addingTimeInterval(seconds) }

    /// Down since the start, with one probe due a second later.
    private static func downPolicy(concurrency: Int = 8) -> ServicePolicy {
        var policy = ServicePolicy(concurrency: concurrency)
        for job in 1...3 as ClosedRange<Int64> { policy.fails(job, at: start) }
        return policy
    }

    @Test("at first everything may be in flight that the configuration allows", arguments: [1, 8, 64])
    func freshStart(concurrency: Int) {
        let policy = ServicePolicy(concurrency: concurrency)
        #expect(policy.condition.isUp)
        #expect(policy.nextWake == nil)
        #expect(policy.allowance(inFlight: 0, at: Self.start) == concurrency)
        #expect(policy.allowance(inFlight: concurrency - 1, at: Self.start) == 1)
        #expect(policy.allowance(inFlight: concurrency + 3, at: Self.start) == 0)
    }

    @Test("a call that was not made says nothing of the service, and the next probe waits")
    func unmade() {
        var policy = ServicePolicy(concurrency: 8)
        policy.unmade(at: Self.start, retryAfter: .seconds(9))
        #expect(policy == ServicePolicy(concurrency: 8))
        policy = Self.downPolicy()
        policy.unmade(at: Self.after(60), retryAfter: nil)
        #expect(policy.condition == .down(since: Self.start) && policy.nextWake == Self.after(61))
        policy.unmade(at: Self.after(61), retryAfter: .seconds(9))
        #expect(policy.nextWake == Self.after(70))
    }

    @Test("more is in work than may be called for, and the backlog never takes the places of those who wait")
    func inWork() {
        let policy = ServicePolicy(concurrency: 8)
        func allowance(inWork: Int = 0, spool: Int = 0, backlog: Int = 0, apart: Int = 0) -> [Int] {
            let allowance = policy.workAllowance(
                inWork: inWork, spool: spool, backlog: backlog, apart: apart, at: Self.start)
            return [allowance.all, allowance.spool, allowance.backlog] + (apart > 0 ? [allowance.apart] : [])
        }
        #expect(allowance() == [40, 36, 28])
        // Of those that wait apart one at a time.
        #expect(policy.workAllowance(inWork: 0, spool: 0, backlog: 0, apart: 0, at: Self.start).apart == 1)
        #expect(allowance(inWork: 1, spool: 1, backlog: 1, apart: 1) == [39, 35, 27, 0])
        // In batches: not before half of them are done.
        #expect(allowance(inWork: 28, spool: 28, backlog: 28) == [12, 8, 0])
        #expect(allowance(inWork: 15, spool: 15, backlog: 15) == [25, 21, 0])
        #expect(allowance(inWork: 14, spool: 14, backlog: 14) == [26, 22, 14])
        #expect(allowance(inWork: 40, spool: 36, backlog: 28) == [0, 0, 0])
    }

    @Test("after an outage, and with one call at a time, there is room for who waits as well", arguments: [1, 8])
    func inWorkAtTheRamp(concurrency: Int) {
        var policy = Self.downPolicy(concurrency: concurrency)
        let due = Self.after(60)
        func allowance(inWork: Int) -> ServicePolicy.WorkAllowance {
            policy.workAllowance(inWork: inWork, spool: inWork, backlog: inWork, apart: 0, at: due)
        }
        #expect(allowance(inWork: 0) == .init(all: 1, spool: 1, backlog: 1, apart: 0))
        #expect(allowance(inWork: 1) == .init(all: 0, spool: 0, backlog: 0, apart: 0))
        policy.succeeded(.job(1))
        #expect(allowance(inWork: 4) == .init(all: 8, spool: 4, backlog: 0, apart: 1))
    }

    @Test(
        "the service counts as down after three failures in a row of more than one job, or of no connection at all",
        arguments: [
            ([1, 2], false, false), ([1, 2, 3], false, true), ([1, 1, 2], false, true), ([1, 1, 1], false, false),
            ([1, 1, 1, 1, 1, 1], false, false), ([1, 1, 1, 1, 1, 2], false, true), ([1, 1], true, false),
            ([1, 1, 1], true, true),
        ] as [([Int64], Bool, Bool)])
    func goingDown(jobs: [Int64], isConclusive: Bool, expected: Bool) {
        var policy = ServicePolicy(concurrency: 8)
        for job in jobs {
            #expect(policy.condition.isUp)
            policy.fails(job, isConclusive ? .service : .either, at: Self.start)
        }
        #expect(policy.condition == (expected ? .down(since: Self.start) : .up))
    }

    @Test("any answer to a job in between starts the count anew, of failures and of jobs")
    func interrupted() {
        var policy = ServicePolicy(concurrency: 8)
        for round in 0..<5 as Range<Int64> {
            policy.fails(round * 3 + 1, at: Self.start)
            policy.fails(round * 3 + 2, at: Self.start)
            policy.answered(.job(round * 3 + 3), at: Self.start)
            #expect(policy.condition.isUp)
        }
        for _ in 0..<3 { policy.fails(100, at: Self.start) }
        #expect(policy.condition.isUp)
    }

    @Test("while down one probe goes out at a time, and only when it is due")
    func probing() {
        let policy = Self.downPolicy()
        #expect(policy.nextWake == Self.after(1))
        #expect(policy.allowance(inFlight: 0, at: Self.after(0.9)) == 0)
        #expect(policy.allowance(inFlight: 0, at: Self.after(1)) == 1)
        #expect(policy.allowance(inFlight: 1, at: Self.after(1)) == 0)
    }

    @Test("probes that fail are spaced wider, up to half a minute, or as the service asks")
    func probeSpacing() {
        var policy = Self.downPolicy()
        for seconds in [2.0, 4, 8, 16, 30, 30, 30] {
            let due = policy.nextProbeAt
            policy.fails(1, at: due)
            #expect(policy.nextProbeAt == due + seconds)
            #expect(policy.condition == .down(since: Self.start))
        }
        let due = policy.nextProbeAt
        policy.fails(1, at: due, jitter: 0, retryAfter: .seconds(120))
        #expect(policy.nextProbeAt == due + 120)
        policy.fails(1, at: due + 120, jitter: 0)
        #expect(policy.nextProbeAt == due + 120)
    }

    @Test("calls that were under way when it went down are no probes; what they were asked to wait is waited")
    func underWay() {
        var policy = Self.downPolicy()
        for job in 4...11 as ClosedRange<Int64> { policy.fails(job, at: Self.after(0.5)) }
        #expect(policy.nextProbeAt == Self.after(1))
        policy.fails(12, at: Self.after(0.5), retryAfter: .seconds(20))
        #expect(policy.nextProbeAt == Self.after(20.5))
    }

    @Test("after an outage the calls at once double with every success up to the limit")
    func ramp() {
        var policy = Self.downPolicy(concurrency: 6)
        for width in [1, 2, 4, 6, 6] {
            policy.succeeded(.job(1))
            #expect(policy.condition.isUp)
            #expect(policy.allowance(inFlight: 0, at: Self.start) == width)
        }
    }

    @Test("an answer that is no success ends an outage all the same, but no hold")
    func answers() {
        var down = Self.downPolicy()
        down.answered(.job(1), at: Self.start)
        #expect(down.condition.isUp)
        #expect(down.allowance(inFlight: 0, at: Self.start) == 1)

        var held = ServicePolicy(concurrency: 8)
        held.heldAccount(Self.failure, at: Self.start)
        held.answered(.job(1), at: Self.after(60))
        #expect(held.condition == .held(Self.failure, since: Self.start))
        // The next probe is a minute away again: such answers must not run through the whole backlog.
        #expect(held.allowance(inFlight: 0, at: Self.after(119)) == 0)
        #expect(held.allowance(inFlight: 0, at: Self.after(120)) == 1)
    }

    @Test("a held account is probed once a minute, and keeps the time since when it is held")
    func holding() {
        var policy = ServicePolicy(concurrency: 8)
        policy.heldAccount(Self.failure, at: Self.start)
        #expect(policy.condition == .held(Self.failure, since: Self.start))
        #expect(policy.condition.isHeld)
        #expect(policy.nextWake == Self.after(60))
        #expect(policy.allowance(inFlight: 0, at: Self.after(59)) == 0)
        #expect(policy.allowance(inFlight: 0, at: Self.after(60)) == 1)
        #expect(policy.allowance(inFlight: 1, at: Self.after(60)) == 0)

        let other = Failure(code: "Certificate::NotReady", message: "wait", at: Self.after(60))
        policy.heldAccount(other, at: Self.after(60))
        #expect(policy.condition == .held(other, since: Self.start))
        #expect(policy.nextProbeAt == Self.after(120))

        // Whether the service is down as well makes no difference to a held account.
        for job in 1...9 as ClosedRange<Int64> {
            policy.fails(job, .service, at: Self.after(120), jitter: 0)
        }
        #expect(policy.condition == .held(other, since: Self.start))
        #expect(policy.nextProbeAt == Self.after(180))
    }

    @Test("a hold ends by itself with the first success, and the backlog comes back slowly")
    func heldThenSuccess() {
        var policy = ServicePolicy(concurrency: 8)
        policy.heldAccount(Self.failure, at: Self.start)
        policy.succeeded(.job(1))
        #expect(policy.condition.isUp)
        #expect(policy.allowance(inFlight: 0, at: Self.start) == 1)
        policy.succeeded(.job(1))
        #expect(policy.allowance(inFlight: 0, at: Self.start) == 2)
    }

    @Test("a hold outweighs an outage")
    func downThenHeld() {
        var policy = Self.downPolicy()
        policy.heldAccount(Self.failure, at: Self.after(5))
        #expect(policy.condition == .held(Self.failure, since: Self.after(5)))
    }

    @Test("a person's release makes one call due at once; without a hold it changes nothing")
    func release() {
        var policy = ServicePolicy(concurrency: 8)
        policy.heldAccount(Self.failure, at: Self.start)
        policy.released()
        #expect(policy.condition.isUp)
        #expect(policy.allowance(inFlight: 0, at: Self.start) == 1)

        var down = Self.downPolicy()
        let before = down
        down.released()
        #expect(down == before)
    }

    @Test("a hold in force at the last stop is in force at the start, and is probed at once")
    func restart() {
        let policy = ServicePolicy(concurrency: 8, held: (Self.failure, Self.after(-3_600)))
        #expect(policy.condition == .held(Self.failure, since: Self.after(-3_600)))
        #expect(policy.allowance(inFlight: 0, at: Self.start) == 1)
    }

}

extension ServicePolicy {
    /// A call of a job's that began now, or at ``mark``, and failed.
    @discardableResult
    mutating func fails(
        _ job: Int64, _ scope: Scope = .either, since mark: Int? = nil, waitsApart: Bool = false,
        at now: Date = .distantPast, jitter: Double = 1, retryAfter: Duration? = nil
    ) -> Attribution {
        failed(
            .init(.job(job), scope, since: mark ?? self.mark, waitsApart: waitsApart, retryAfter: retryAfter),
            at: now, jitter: jitter)
    }
}
