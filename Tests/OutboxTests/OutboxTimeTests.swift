import Foundation
import GRDB
import Journey
import Outbox
import Sales
import TestOutbox
import Testing

@Suite struct OutboxTimeTests {
    private static let ahead: TimeInterval = 7 * 3_600
    private let now = Fixture.now

    /// An outbox on a machine whose clock was set seven hours ahead.
    private func withSetClock(_ body: (Outbox) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let outbox = try Outbox(
                path: folder.appendingPathComponent("outbox.sqlite").path,
                rules: SaleRules(lateSlipAge: .seconds(120)),
                shownAhead: { Self.ahead })
            try await body(outbox)
            try outbox.close()
        }
    }

    @Test("what people read is as the machine's clock shows it; what has an age or falls due is counted")
    func bothClocks() async throws {
        try await withSetClock { outbox in
            let record = try await outbox.accepted(Fixture.sale("A"))
            #expect(record.receivedAt == now + Self.ahead && record.agedFrom == now)
            let original = try #require(record.original)
            #expect(original.requestedAt == now + Self.ahead && original.agedFrom == now)
            #expect(original.waitsUntil == now + 3)
            #expect(record.registration.nextAttemptAt == now)
            #expect(try await outbox.sale(record.id) == record)
            let failure = Failure(code: "HTTP::503", message: "", at: now + 1)
            let deferred = try await outbox.apply(
                [.attemptBegan, .deferred(failure, until: now + 9, mayHaveActed: false)],
                toJob: record.registration.job, at: now + 1)
            #expect(deferred.nextAttemptAt == now + 9)
            #expect(deferred.lastError?.at == now + 1 + Self.ahead)
            try await outbox.apply(.began, toPrint: original.seq)
            let ended = try await outbox.apply(.lostContact(reason: "gone", at: now + 5), toPrint: original.seq)
            #expect(ended.machine.finishedAt == now + 5 + Self.ahead)
            let reprint = try #require(try await outbox.sale(record.id).prints.last)
            #expect(reprint.machine.mark == .reprint)
            #expect(reprint.agedFrom == now + 5 && reprint.requestedAt == now + 5 + Self.ahead)
            let copy = try await outbox.requestPrint(.copy, of: record.id, on: "front", at: now + 6)
            #expect(copy.agedFrom == now + 6 && copy.requestedAt == now + 6 + Self.ahead)
            let figures = try await outbox.figures()
            #expect(figures.oldestPending?.receivedAt == now)
            #expect(figures.prints.map(\.oldestRequestedAt) == [now + 5])
            #expect(figures.shifted(by: Self.ahead).oldestPending?.receivedAt == now + Self.ahead)
        }
    }

    @Test("a link within the time of a late slip is printed, however the clock was set")
    func lateSlip() async throws {
        try await withSetClock { outbox in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let original = try #require(record.original)
            try await outbox.apply(.began, toPrint: original.seq)
            try await outbox.apply(.confirmed(.processID, at: now + 4), toPrint: original.seq)
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://app.example/1")], toJob: record.registration.job,
                at: now + 119
            )
            let slip = try #require(try await outbox.sale(record.id).prints.last)
            #expect(slip.machine.kind == .qrSlip)
            #expect(slip.expiresAt == now + 120 && slip.requestedAt == now + 119 + Self.ahead)
        }
    }

    @Test("an alarm's since is counted time, whatever it was made from")
    func since() async throws {
        try await withSetClock { outbox in
            let record = try await outbox.accepted(Fixture.sale("A"))
            try await outbox.apply(
                [.attemptBegan, .rejected(Failure(code: "SchemaViolation", message: "", at: now + 1))],
                toJob: record.registration.job, at: now + 1)
            try await outbox.apply(
                .failed(reason: "nobody came", at: now + 2), toPrint: try #require(record.original).seq)
            let figures = try await outbox.figures()
            #expect(figures.rejections?.since == now + 1)
            #expect(figures.failedPrints.map(\.since) == [now + 2])
        }
    }

    @Test("the mark is kept over a restart, the last one alone")
    func mark() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            #expect(try await outbox.keptTime() == nil)
            #expect(try await outbox.newestSale() == nil)
            for proof in [nil, TimeMark.Proof(counted: now - 9, shown: now + 9)] {
                try await outbox.keepTime(
                    TimeMark(counted: now, bootID: "b", sinceBoot: .milliseconds(1_234), proof: proof, isOpen: true))
            }
            try outbox.close()
            outbox = try Outbox(path: path)
            let kept = TimeMark(
                counted: now, bootID: "b", sinceBoot: .milliseconds(1_234),
                proof: .init(counted: now - 9, shown: now + 9), isOpen: true)
            #expect(try await outbox.keptTime() == kept)
            _ = try await outbox.accepted(Fixture.sale("A"))
            #expect(try await outbox.newestSale() == .init(counted: now, shown: now))
            try outbox.close()
        }
    }

    @Test("what is owed from before a start becomes as old as it is; what came since and what is settled stays")
    func age() async throws {
        try await withOutbox { outbox, _ in
            let old = try await outbox.accepted(Fixture.sale("OLD"))
            let settled = try await outbox.accepted(Fixture.sale("SETTLED", printer: nil))
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://app.example/1")], toJob: settled.registration.job,
                at: now)
            let young = try await outbox.accepted(Fixture.sale("YOUNG", receivedAt: now + 60))
            let mark = TimeMark(counted: now + 61, bootID: "b", sinceBoot: .seconds(1), proof: nil, isOpen: false)
            try await outbox.age(by: 3_600, before: now + 30, keeping: mark)
            let aged = try await outbox.sale(old.id)
            #expect(aged.agedFrom == now - 3_600 && aged.receivedAt == now)
            #expect(aged.original?.agedFrom == now - 3_600 && aged.original?.waitsUntil == now + 3 - 3_600)
            #expect(try await outbox.sale(settled.id).agedFrom == now)
            #expect(try await outbox.sale(young.id) == young)
            #expect(try await outbox.keptTime() == mark)
        }
    }
}
