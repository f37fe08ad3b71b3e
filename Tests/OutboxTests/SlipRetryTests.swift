import Foundation
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

/// Slips that are read once more.
@Suite struct SlipRetryTests {
    private static let failure = Failure(code: "Reader::Unanswered", message: "no answer", at: Fixture.now)

    @Test("a person has a slip read once more that could not be read, and no other")
    func retry() async throws {
        try await withOutbox { outbox, _ in
            let slip = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            func isRefused() async -> Bool {
                do {
                    _ = try await outbox.retrySlip(slip.id, at: Fixture.now)
                    return false
                } catch { return error.code == .conflict }
            }
            #expect(await isRefused())
            try await outbox.apply(
                [.attemptBegan, .prepared(remoteID: "U-1", at: Fixture.now), .attemptBegan, .rejected(Self.failure)],
                toJob: slip.seq, at: Fixture.now)
            let retried = try await outbox.retrySlip(slip.id, at: Fixture.now + 9)
            #expect(retried.state == .waiting && retried.lastError == nil && retried.nextAttemptAt == Fixture.now + 9)
            let job = try #require(
                try await outbox.beginJobs(of: SlipFixture.service, at: Fixture.now + 9, within: JobLimits(all: 1))
                    .first)
            #expect(job.machine.remoteID == nil && !job.machine.mayHaveActed && job.machine.search == JobSearch())
            try await outbox.apply(
                [.begun(remoteID: "J-1"), .done(result: nil)], toJob: slip.seq, finding: .init(SlipReading()),
                at: Fixture.now)
            #expect(try await outbox.retrySlip(slip.id, at: Fixture.now).state == .waiting)
            #expect(try await outbox.read(slip, as: SlipFixture.reading()).state == .matched)
            #expect(await isRefused())
        }
    }

    @Test("a person's retry of a held slip lifts the hold, and of one whose image is gone it does nothing")
    func retryHeld() async throws {
        try await withOutbox { outbox, _ in
            let slip = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            try await outbox.setAccount(AccountState(condition: .held, failure: Self.failure), of: SlipFixture.service)
            _ = try await outbox.retrySlip(slip.id, at: Fixture.now)
            #expect(try await outbox.account(of: SlipFixture.service) == .up)
            try await outbox.apply([.attemptBegan, .rejected(Self.failure)], toJob: slip.seq, at: Fixture.now)
            #expect(try await outbox.imageRemoved(slip.id).imageRemoved)
            await #expect(throws: OutboxError.self) { try await outbox.retrySlip(slip.id, at: Fixture.now) }
        }
    }

    @Test("what each reading cost is added up, and one that nobody knows of leaves the sum")
    func credits() async throws {
        try await withOutbox { outbox, _ in
            let slip = try await outbox.taken(SlipFixture.slip(1, amount: 12_000))
            for (credits, sum) in [(nil, nil), (2, 2), (nil, 2), (3, 5)] as [(Int?, Int?)] {
                #expect(try await outbox.read(slip, as: SlipReading(), credits: credits).credits == sum)
                #expect(try await outbox.retrySlip(slip.id, at: Fixture.now).credits == sum)
            }
        }
    }
}
