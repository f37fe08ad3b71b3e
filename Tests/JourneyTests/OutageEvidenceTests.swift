import Foundation
import Testing

@testable import Journey

/// A provider that is down, told apart from sales that it chokes on.
@Suite struct OutageEvidenceTests {
    private static let start = Date(timeIntervalSince1970: 1_795_144_500)

    /// What happens, one after the other.
    enum Event: Sendable, CustomTestStringConvertible {
        case passes(Int64)
        case fails(Int64)
        /// No connection, a redirect: no sale's fault.
        case unreachable(Int64)
        case healthChecked
        case healthCheckFails

        var testDescription: String {
            switch self {
            case .passes(let sale): "\(sale) passes"
            case .fails(let sale): "\(sale) fails"
            case .unreachable(let sale): "\(sale) unreachable"
            case .healthChecked: "health checked"
            case .healthCheckFails: "health check fails"
            }
        }
    }

    /// The policy after all of it, and the sales that wait apart by then.
    private static func play(_ events: [Event], concurrency: Int = 8) -> (ServicePolicy, apart: Set<Int64>) {
        var policy = ServicePolicy(concurrency: concurrency)
        var apart: Set<Int64> = []
        for event in events {
            switch event {
            case .passes(let sale): policy.succeeded(.sale(sale))
            case .fails(let sale):
                let whose = policy.fails(sale, waitsApart: apart.contains(sale), at: policy.nextProbeAt)
                if whose == .sale(waitsApart: true) { apart.insert(sale) }
            case .unreachable(let sale): policy.fails(sale, .provider, at: policy.nextProbeAt)
            case .healthChecked: policy.succeeded(.healthCheck)
            case .healthCheckFails:
                _ = policy.failed(.healthCheck, .provider, since: policy.mark, at: policy.nextProbeAt, jitter: 1)
            }
        }
        return (policy, apart)
    }

    @Test(
        "a true outage is found within three failures of more than one sale, whatever went before",
        arguments: [
            [.fails(1), .fails(2), .fails(3)], [.fails(1), .fails(1), .fails(2)],
            [.passes(9), .passes(8), .fails(1), .fails(2), .fails(3)],
            [.fails(1), .passes(9), .fails(2), .fails(3), .fails(4)],
            // Sales that wait apart by now say nothing; three others do.
            [.fails(1), .passes(8), .fails(1), .passes(9), .fails(1), .fails(2), .fails(3), .fails(4)],
            // A health check is answered by something else than takes sales.
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

    @Test("a sale that fails while others get through is found to fail alone, and then never makes anything down")
    func interleaved() {
        var events: [Event] = []
        for sale in 1...44 as ClosedRange<Int64> { events += [.fails(100), .passes(sale)] }
        for end in events.indices {
            let (policy, apart) = Self.play(Array(events[...end]))
            #expect(policy.condition.isUp)
            #expect(apart == (end >= 2 ? [100] : []))
        }
    }

    @Test("several sales that fail are kept apart each, and however often they fail between good ones, nothing is down")
    func several() {
        var events: [Event] = []
        for sale in 1...44 as ClosedRange<Int64> {
            // At most two failures between any two that pass: baskets with the bad product in them.
            events += [.fails(100 + sale % 5), .fails(100 + (sale + 2) % 5), .passes(sale)]
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
        policy.succeeded(.sale(1))
        // Seven others that were under way, all of sales that the provider chokes on.
        for (sale, mark) in zip(2...8 as ClosedRange<Int64>, marks) {
            #expect(policy.fails(sale, since: mark) == .sale(waitsApart: false))
        }
        #expect(policy.condition.isUp)
        // The second time, with one that got through in between, each waits apart.
        policy.succeeded(.sale(9))
        for sale in 2...8 as ClosedRange<Int64> { #expect(policy.fails(sale) == .sale(waitsApart: true)) }
        #expect(policy.condition.isUp)
    }

    @Test("a sale that is the only one fails for ever, and nothing is down while health checks are answered")
    func onlyOne() {
        let (alone, none) = Self.play(Array(repeating: .fails(1), count: 20))
        #expect(alone.condition.isUp)
        #expect(none.isEmpty)
        #expect(alone.isDoubtful)
        // Once a health check got through, it is known to be the sale.
        let (policy, apart) = Self.play(Array(repeating: .fails(1), count: 3) + [.healthChecked, .fails(1), .fails(1)])
        #expect(policy.condition.isUp)
        #expect(apart == [1])
        #expect(!policy.isDoubtful)
    }

    @Test(
        "sales that made it down are no probes; an answered health check ends it, and what they fail then is their own")
    func poisonedProbe() {
        let down: [Event] = [.fails(1), .fails(1), .fails(2)]
        let (policy, _) = Self.play(down)
        #expect(!policy.condition.isUp)
        #expect(policy.failedSales == [1, 2])
        #expect(policy.isHealthCheckTrusted)
        let (up, apart) = Self.play(down + [.healthChecked, .fails(1), .fails(2), .fails(1), .fails(2), .fails(1)])
        #expect(up.condition.isUp)
        #expect(apart == [1, 2])
    }

    @Test("a probe by another sale ends it as well")
    func otherProbe() {
        let (policy, apart) = Self.play([
            .fails(1), .fails(1), .fails(2), .passes(3), .fails(1), .fails(2), .passes(4), .fails(1), .fails(2),
            .fails(1),
        ])
        #expect(policy.condition.isUp)
        #expect(apart == [1, 2])
    }

    @Test(
        "where health checks are answered and sales are not, health checks are believed once, until a sale gets through"
    )
    func misleadingHealthCheck() {
        var events: [Event] = [.fails(1), .fails(2), .fails(3), .healthChecked]
        #expect(Self.play(events).0.condition.isUp)
        // One further sale is enough to know it.
        events.append(.fails(4))
        var (policy, _) = Self.play(events)
        #expect(!policy.condition.isUp)
        #expect(!policy.isHealthCheckTrusted)
        policy.fails(5, at: policy.nextProbeAt)
        #expect(!policy.condition.isUp)
        policy.succeeded(.sale(6))
        #expect(policy.condition.isUp)
        #expect(policy.isHealthCheckTrusted)
    }

    @Test("while the account is held, a sale that fails as its probe leaves the next to another")
    func held() {
        var policy = ServicePolicy(concurrency: 8)
        policy.heldAccount(Failure(code: "Fund::InsufficientBalance", message: "", at: Self.start), at: Self.start)
        #expect(policy.fails(1, at: Self.start + 60) == .provider)
        #expect(policy.failedSales == [1])
        #expect(policy.nextProbeAt == Self.start + 120)
        policy.succeeded(.sale(2))
        #expect(policy.condition.isUp)
        #expect(policy.failedSales.isEmpty)
    }

    @Test("what is remembered of sales has a bound")
    func bounded() {
        var policy = ServicePolicy(concurrency: 8)
        for sale in 1...5_000 as ClosedRange<Int64> {
            policy.fails(sale)
            policy.succeeded(.sale(100_000 + sale))
        }
        #expect(policy.condition.isUp)
        for sale in 1...200 as ClosedRange<Int64> { policy.fails(sale, at: policy.nextProbeAt) }
        #expect(policy.failedSales.count == 64)
    }
}
