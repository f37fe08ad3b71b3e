import Foundation
import Journey
import Outbox
import Sales
import ScanlyIQ
import Simulators
import TestRuntime
import Testing

/// What a worker makes of a ScanlyIQ that fails: a slip is read in time or ends, and is charged at most once more.
@Suite(.timeLimit(.minutes(3))) struct SlipFaultTests {
    typealias Fault = ScanlyIQSimulator.Fault

    @Test("polls without an answer do not put off the next one: it comes as if they had been answered")
    func pace() async throws {
        var terms = SlipStand.Terms()
        terms.leeway.pendingPolls = 12
        try await SlipStand.open(terms) { stand in
            let begin = stand.time.now
            let slip = try await stand.take()
            try await stand.wait { await stand.simulator.totals.calls >= 11 }
            await stand.simulator.inject(Fault(.unavailable(status: 503), operation: .showJob, times: 2))
            #expect(try await stand.settled(slip.id).state == .matched)
            #expect(stand.time.now.timeIntervalSince(begin) < 120)
            #expect(await stand.simulator.totals.jobs == 1)
        }
    }

    @Test(
        "a reading that nobody can ask for ends some day",
        arguments: [.garbage, .unavailable(status: 500), .refusal(status: 408, body: "{}")] as [Fault.Kind])
    func unanswered(kind: Fault.Kind) async throws {
        try await SlipStand.open { stand in
            await stand.simulator.inject(Fault(kind, operation: .showJob))
            let begin = stand.time.now
            let slip = try await stand.settled(try await stand.take().id)
            #expect(slip.state == .failed && slip.lastError?.code == "ScanlyIQ::NoResult")
            #expect(stand.time.now.timeIntervalSince(begin) < 3_600)
            #expect(await stand.simulator.totals.jobs == 1)
        }
    }

    @Test("our own limit is no outage, and a slip that waits for it waits no longer than that")
    func ownLimit() async throws {
        var terms = SlipStand.Terms()
        terms.limits = .init(uploads: 20, others: 2, window: .seconds(60))
        terms.healthCheckInterval = .seconds(10)
        try await SlipStand.open(terms) { stand in
            let slip = try await stand.take()
            try await stand.wait { stand.reader.count("credits limited") >= 5 }
            #expect(try await stand.outbox.account(of: stand.reader.name).condition == .up)
            // Whoever was first has the one place.
            try await stand.wait {
                stand.reader.count("models limited") + stand.reader.count("create_job limited") >= 5
            }
            let waiting = try await stand.outbox.slip(slip.id)
            #expect(waiting.lastError?.code == "Gateway::CallLimit")
            let (failed, due) = (try #require(waiting.lastError?.at), try #require(waiting.nextAttemptAt))
            #expect(due.timeIntervalSince(failed) <= 60)
        }
    }

    @Test("jobs without an id hold the account, and no further one is made while it is held")
    func withoutID() async throws {
        try await SlipStand.open { stand in
            await stand.simulator.inject(Fault(.otherAnswer(status: 200, body: "{}"), operation: .createJob))
            try await stand.take()
            try await stand.condition(is: .held)
            for image in [2, 3] as [UInt8] { try await stand.take(image) }
            let asked = stand.reader.count("credits answered")
            try await stand.wait { stand.reader.count("credits answered") > asked + 5 }
            let account = try await stand.outbox.account(of: stand.reader.name)
            #expect(account.condition == .held && account.failure?.code == "ScanlyIQ::NoJobID")
            #expect(await stand.simulator.totals.jobs == 1)
        }
    }

    @Test(
        "the third slip in a row that is refused in the same way holds the account, and is read once that is corrected")
    func refusedInARow() async throws {
        try await SlipStand.open { stand in
            await stand.simulator.inject(Fault(.refusal(status: 400, body: "{}"), operation: .createJob))
            for image in [1, 2] as [UInt8] {
                let slip = try await stand.settled(try await stand.take(image).id)
                #expect(slip.state == .unreadable && slip.lastError?.code == "ScanlyIQ::400")
            }
            let third = try await stand.take(3)
            try await stand.condition(is: .held)
            #expect(try await stand.outbox.slip(third.id).state.isOwed)
            await stand.simulator.clearFaults()
            #expect(try await stand.settled(third.id).state == .matched)
            try await stand.condition(is: .up)
        }
    }

    @Test("a failure of ten seconds does not use up the one repeat")
    func repeatedLater() async throws {
        try await SlipStand.open { stand in
            let begin = stand.time.now
            await stand.simulator.inject(Fault(.unavailable(status: 503), operation: .createJob, times: 1))
            let slip = try await stand.settled(try await stand.take().id)
            #expect(slip.state == .matched && slip.mayBeCharged)
            #expect(stand.time.now.timeIntervalSince(begin) >= 25)
        }
    }

    // MARK: Whatever happens

    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let faults: [(operation: ScanlyIQSimulator.Operation, kinds: [Fault.Kind])] = [
        (.upload, [.loseAnswerAfterActing, .unavailable(status: 503), .garbage]),
        (
            .createJob,
            [
                .loseAnswerBeforeActing, .loseAnswerAfterActing, .unavailable(status: 503), .garbage, .truncated,
                .refusal(status: 400, body: "{}"), .refusal(status: 402, body: "{}"), .refusal(status: 404, body: "{}"),
                .otherAnswer(status: 500, body: "{}"),
            ]
        ),
        (
            .showJob,
            [
                .unavailable(status: 500), .garbage, .refusal(status: 404, body: "{}"),
                .refusal(status: 400, body: "{}"), .loseAnswerAfterActing,
            ]
        ),
        (.credits, [.unavailable(status: 503)]),
    ]

    @Test(
        "whatever fails, and however often the gateway is killed, a slip is charged at most once more",
        arguments: 1...16)
    func bound(seed: UInt64) async throws {
        var dice = Dice(state: seed)
        var faults: [Fault] = []
        for (operation, kinds) in Self.faults {
            for _ in 0..<Int.random(in: 0...4, using: &dice) {
                guard let kind = kinds.randomElement(using: &dice) else { continue }
                faults.append(Fault(kind, operation: operation, times: Int.random(in: 1...3, using: &dice)))
            }
        }
        var terms = SlipStand.Terms()
        terms.leeway.uploadsServeOnce = Bool.random(using: &dice)
        terms.leeway.pendingPolls = Int.random(in: 0...5, using: &dice)
        let kills = (0..<4).map { _ in (Int.random(in: 1...8, using: &dice), Bool.random(using: &dice)) }
        let dying = kills.map { calls, forgets -> @Sendable (SlipStand) async throws -> Void in
            { stand in
                if try await stand.outbox.slips(limit: 1).isEmpty { try await stand.take() }
                let last = await stand.simulator.totals.calls + calls
                try await stand.wait {
                    if await stand.simulator.totals.calls >= last { return true }
                    return try await stand.outbox.slips(limit: 1).allSatisfy { !$0.state.isOwed }
                }
                if forgets { await stand.simulator.forgetJobs() }
            }
        }
        let first: @Sendable (SlipStand) async throws -> Void = { [faults] stand in
            for fault in faults { await stand.simulator.inject(fault) }
            try await dying[0](stand)
        }
        let last: @Sendable (SlipStand) async throws -> Void = { [faults] stand in
            let slip = try #require(try await stand.outbox.slips(limit: 1).first)
            let settled = try await stand.settled(slip.id)
            let charges = await stand.simulator.totals.jobs
            #expect(charges <= 2, "\(settled.state), \(faults)")
            #expect(charges < 2 || settled.mayBeCharged, "\(settled.state), \(faults)")
        }
        try await SlipStand.open(terms, [first] + dying.dropFirst() + [last])
    }
}
