import Foundation
import Testing

@testable import Journey

/// A service that is down, told apart from jobs that it chokes on.
@Suite struct OutageEvidenceTests {
    private static let start = Date(timeIntervalSince1970: 1_795_144_500)

    /// What happens, one after the other.
    enum Event: Sendable, CustomTestStringConvertible {
        case passes(Int64)
        case fails(Int64)
        /// No connection, a redirect: no job's fault.
        case unreachable(Int64)
        case healthChecked
        case healthCheckFails

        var testDescription: String {
            switch self {
            case .passes(let job): "\(job) passes"
            case .fails(let job): "\(job) fails"
            case .unreachable(let job): "\(job) unreachable"
            case .healthChecked: "health checked"
            case .healthCheckFails: "health check fails"
            }
        }
    }

    /// The policy after all of it, and the jobs that wait apart by then.
    private static func play(_ events: [Event], concurrency: Int = 8) -> (ServicePolicy, apart: Set<Int64>) {
        var policy = ServicePolicy(concurrency: concurrency)
        var apart: Set<Int64> = []
        for event in events {
            switch event {
            case .passes(let job): policy.succeeded(.job(job))
            case .fails(let job):
                let whose = policy.fails(job, waitsApart: apart.contains(job), at: policy.nextProbeAt)
                if whose == .job(waitsApart: true) { apart.insert(job) }
            case .unreachable(let job): policy.fails(job, .service, at: policy.nextProbeAt)
            case .healthChecked: policy.succeeded(.healthCheck)
            case .healthCheckFails:
                _ = policy.failed(
                    .init(.healthCheck, .service, since: policy.mark), at: policy.nextProbeAt, jitter: 1)
            }
        }
        return (policy, apart)
    }

    @Test(
        "a true outage is found within three failures of more than one job, whatever went before",
        arguments: [
            [.fails(1), .fails(2), .fails(3)], [.fails(1), .fails(1), .fails(2)],
            [.passes(9), .passes(8), .fails(1), .fails(2), .fails(3)],
            [.fails(1), .passes(9), .fails(2), .fails(3), .fails(4)],
            // Sales that wait apart by now say nothing; three others do.
            [.fails(1), .passes(8), .fails(1), .passes(9), .fails(1), .fails(2), .fails(3), .fails(4)],
            // A health check is answered by something else than takes jobs.
            [.fails(1), .healthChecked, .fails(2), .healthChecked, .fails(3)],
            [.unreachable(1), .unreachable(1), .unreachable(1)],
            [.healthCheckFails, .healthCheckFails, .healthCheckFails],
            [.fails(1), .healthCheckFails, .healthCheckFails],
        ] as [[Event]])
    func outage(events: [Event]) {
        let (before, _) = Self.play(events.dropLast())
        #expect(before.condition.isUp)
        let (policy, _) = Self.play(events)
        guard case .down = policy.condition else {
            Issue.record("expected down, found \(policy.condition)")
            return
        }
    }

    @Test("a job that fails while others get through is found to fail alone, and then never makes anything down")
    func interleaved() {
        var events: [Event] = []
        for job in 1...44 as ClosedRange<Int64> { events += [.fails(100), .passes(job)] }
        for end in events.indices {
            let (policy, apart) = Self.play(Array(events[...end]))
            #expect(policy.condition.isUp)
            #expect(apart == (end >= 2 ? [100] : []))
        }
    }

    @Test("several jobs that fail are kept apart each, and however often they fail between good ones, nothing is down")
    func several() {
        var events: [Event] = []
        for job in 1...44 as ClosedRange<Int64> {
            // At most two failures between any two that pass: baskets with the bad product in them.
            events += [.fails(100 + job % 5), .fails(100 + (job + 2) % 5), .passes(job)]
        }
        // Once they wait apart, any number in a row.
        events += (0..<50).map { .fails(100 + $0 % 5) }
        let (policy, apart) = Self.play(events)
        #expect(policy.condition.isUp)
        #expect(apart == [100, 101, 102, 103, 104])
    }

    @Test("a call that overlaps with one that gets through fails alone at once")
    func overlapping() {
        var policy = ServicePolicy(concurrency: 8)
        let marks = (0..<8).map { _ in policy.mark }
        policy.succeeded(.job(1))
        // Seven others that were under way, all of jobs that the service chokes on.
        for (job, mark) in zip(2...8 as ClosedRange<Int64>, marks) {
            #expect(policy.fails(job, since: mark) == .job(waitsApart: false))
        }
        #expect(policy.condition.isUp)
        // The second time, with one that got through in between, each waits apart.
        policy.succeeded(.job(9))
        for job in 2...8 as ClosedRange<Int64> { #expect(policy.fails(job) == .job(waitsApart: true)) }
        #expect(policy.condition.isUp)
    }

    @Test("a job that is the only one fails for ever, and nothing is down while health checks are answered")
    func onlyOne() {
        let (alone, none) = Self.play(Array(repeating: .fails(1), count: 20))
        #expect(alone.condition.isUp)
        #expect(none.isEmpty)
        #expect(alone.isDoubtful)
        // Once a health check got through, it is known to be the job.
        let (policy, apart) = Self.play(Array(repeating: .fails(1), count: 3) + [.healthChecked, .fails(1), .fails(1)])
        #expect(policy.condition.isUp)
        #expect(apart == [1])
        #expect(!policy.isDoubtful)
    }

    @Test(
        "jobs that made it down are no probes; an answered health check ends it, and what they fail then is their own")
    func poisonedProbe() {
        let down: [Event] = [.fails(1), .fails(1), .fails(2)]
        let (policy, _) = Self.play(down)
        #expect(!policy.condition.isUp)
        #expect(policy.failedJobs == [1, 2])
        #expect(policy.isHealthCheckTrusted)
        let (up, apart) = Self.play(down + [.healthChecked, .fails(1), .fails(2), .fails(1), .fails(2), .fails(1)])
        #expect(up.condition.isUp)
        #expect(apart == [1, 2])
    }

    @Test("a probe by another job ends it as well")
    func otherProbe() {
        let (policy, apart) = Self.play([
            .fails(1), .fails(1), .fails(2), .passes(3), .fails(1), .fails(2), .passes(4), .fails(1), .fails(2),
            .fails(1),
        ])
        #expect(policy.condition.isUp)
        #expect(apart == [1, 2])
    }

    @Test(
        "where health checks are answered and jobs are not, health checks are believed once, until a job gets through"
    )
    func misleadingHealthCheck() {
        var events: [Event] = [.fails(1), .fails(2), .fails(3), .healthChecked]
        #expect(Self.play(events).0.condition.isUp)
        // One further job is enough to know it.
        events.append(.fails(4))
        var (policy, _) = Self.play(events)
        #expect(!policy.condition.isUp)
        #expect(!policy.isHealthCheckTrusted)
        policy.fails(5, at: policy.nextProbeAt)
        #expect(!policy.condition.isUp)
        policy.succeeded(.job(6))
        #expect(policy.condition.isUp)
        #expect(policy.isHealthCheckTrusted)
    }

    @Test("while the account is held, a job that fails as its probe leaves the next to another")
    func held() {
        var policy = ServicePolicy(concurrency: 8)
        policy.heldAccount(Failure(code: "Fund::InsufficientBalance", message: "", at: Self.start), at: Self.start)
        #expect(policy.fails(1, at: Self.start + 60) == .service)
        #expect(policy.failedJobs == [1])
        #expect(policy.nextProbeAt == Self.start + 120)
        policy.succeeded(.job(2))
        #expect(policy.condition.isUp)
        #expect(policy.failedJobs.isEmpty)
    }

    @Test("what is remembered of jobs has a bound")
    func bounded() {
        var policy = ServicePolicy(concurrency: 8)
        for job in 1...5_000 as ClosedRange<Int64> {
            policy.fails(job)
            policy.succeeded(.job(100_000 + job))
        }
        #expect(policy.condition.isUp)
        for job in 1...200 as ClosedRange<Int64> { policy.fails(job, at: policy.nextProbeAt) }
        #expect(policy.failedJobs.count == 64)
    }
}
