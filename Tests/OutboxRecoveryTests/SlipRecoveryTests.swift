import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

@Suite struct SlipRecoveryTests {
    private static let reader = ServiceName(rawValue: "reader")
    private static let reading = SlipReading(
        amount: "120.00", date: "2026-11-20", bank: "KBANK", fromAccount: "xxx-x-x9876-x", toAccount: "xxx-x-x1234-x")
    private static let failure = Failure(code: "Reader::NoResult", message: "none", at: Fixture.now)

    private static var terms: RecoveryTerms {
        var terms = RecoveryTerms(provider: .slime, proofs: [.slime: RequestProof { _ in true }])
        terms.slipReader = reader
        return terms
    }

    private func take(_ image: UInt8, for sale: String, in outbox: Outbox) async throws -> SlipRecord {
        let id = SlipID.random()
        var new = NewSlip(
            id: id, image: .init(.png, size: 7, digest: Array(repeating: image, count: 32)),
            job: NewJob(kind: .slip, service: Self.reader, key: id.text, request: SlipRecord.request(for: id, .png)),
            arrival: .init(from: "", at: Fixture.now, liveUntil: Fixture.now), shownAt: Fixture.now)
        new.sale = try Fixture.id(sale)
        new.stated = Money(satang: 12_000)
        guard case .new(let record) = try await outbox.take(new, atMost: 100) else { throw FixtureError() }
        return record
    }

    /// Slips in all states, of which `damage` is done to the file once it is closed.
    private func recover(
        _ damage: @escaping @Sendable (Database) throws -> Void = { _ in },
        _ check: ([SlipRecord], Outbox, RecoveryReport) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("A", printer: nil))
            _ = try await take(1, for: "A", in: outbox)
            let reading = try await take(2, for: "A", in: outbox)
            try await outbox.apply([.attemptBegan, .begun(remoteID: "J-1")], toJob: reading.seq, at: Fixture.now)
            let read = try await take(3, for: "A", in: outbox)
            try await outbox.apply(
                [.attemptBegan, .begun(remoteID: "J-2"), .done(result: nil)], toJob: read.seq,
                finding: SlipFinding(Self.reading, credits: 3), at: Fixture.now)
            let failed = try await take(4, for: "LATER", in: outbox)
            try await outbox.apply([.attemptBegan, .rejected(Self.failure)], toJob: failed.seq, at: Fixture.now)
            let before = try await outbox.slips(limit: 9)
            try outbox.close()
            let queue = try DatabaseQueue(path: path)
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                try damage(db)
            }
            try queue.close()
            let report = try Recovery.run(from: path, to: path + ".recovered", under: Self.terms)
            let recovered = try Outbox(path: path + ".recovered")
            try await check(before, recovered, report)
            try recovered.close()
        }
    }

    @Test("slips come back as they stood, with their sale; what is owed from its beginning may be charged again")
    func whole() async throws {
        try await recover { before, outbox, report in
            let after = try await outbox.slips(limit: 9)
            #expect(report.unreadRows == 0 && after.map(\.id) == before.map(\.id))
            #expect(after.map(\.state) == before.map(\.state))
            #expect(after.map(\.reading) == before.map(\.reading) && after.map(\.sale) == before.map(\.sale))
            #expect(after.map(\.mayBeCharged) == [false, false, false, true])
            #expect(try await outbox.sale(Fixture.id("A")).slips.count == 3)
            // The reading goes on where it stood.
            let owed = try await outbox.beginJobs(of: Self.reader, at: Fixture.now, within: JobLimits(all: 9))
            #expect(Set(owed.map(\.machine.remoteID)) == ["J-1", nil])
        }
    }

    @Test("a slip whose job is lost is owed anew if it was owed, and stays as it was if it was settled")
    func lostJobs() async throws {
        try await recover({ try $0.execute(sql: "DELETE FROM job WHERE kind = 'slip'") }) { before, outbox, _ in
            let after = try await outbox.slips(limit: 9)
            #expect(Set(after.map(\.id)) == Set(before.map(\.id)))
            for slip in after {
                let known = try #require(before.first { $0.id == slip.id })
                #expect(slip.reading == known.reading && slip.state == known.state)
                #expect(slip.mayBeCharged == known.state.isOwed)
            }
            let owed = try await outbox.beginJobs(of: Self.reader, at: Fixture.now, within: JobLimits(all: 9))
            #expect(Set(owed.map(\.key)) == Set(before.filter(\.state.isOwed).map(\.id.text)))
            #expect(owed.allSatisfy { String(decoding: $0.request, as: UTF8.self).contains("\($0.key).png") })
        }
    }

    @Test("a job whose slip is lost is owed to nobody, and a slip without its sale is nobody's")
    func lostSlips() async throws {
        try await recover({ db in
            try db.execute(sql: "DELETE FROM slip WHERE state <> 'matched' AND state <> 'differs'")
            try db.execute(sql: "DELETE FROM sale")
        }) { before, outbox, _ in
            let after = try await outbox.slips(limit: 9)
            #expect(after.count == 1 && after.first?.reading == Self.reading && after.first?.bound == false)
            #expect(try await outbox.pendingCount(of: Self.reader, atMost: 9) == 0)
            // It is bound again if the sale is handed in again.
            #expect(try await outbox.accepted(Fixture.sale("A")).slips.map(\.id) == after.map(\.id))
        }
    }

    @Test("a slip and its job that were found as they were at different times are asked for no second time")
    func differentTimes() async throws {
        try await recover({ db in
            try db.execute(
                sql: "UPDATE job SET state = 'pending', step = 'begin' WHERE kind = 'slip' AND state = 'done'")
            try db.execute(
                sql: "UPDATE job SET state = 'done', step = 'follow' WHERE kind = 'slip' AND remote_id = 'J-1'")
        }) { before, outbox, _ in
            let after = try await outbox.slips(limit: 9)
            let wasRead = try #require(before.first { $0.reading != nil })
            #expect(after.first { $0.id == wasRead.id }?.reading == Self.reading)
            let wasReading = try #require(before.first { $0.state == .reading })
            #expect(after.first { $0.id == wasReading.id }?.state == .failed)
            #expect(try await outbox.retrySlip(wasReading.id, at: Fixture.now).state == .waiting)
            #expect(try await outbox.pendingCount(of: Self.reader, atMost: 9) == 2)
        }
    }
}
