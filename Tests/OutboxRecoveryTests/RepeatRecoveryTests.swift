import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

/// What comes back of sales at a provider that cannot tell a repeat.
@Suite struct RepeatRecoveryTests {
    private static let other = ServiceName(rawValue: "other")
    private let failure = Failure(code: "Test::Refused", message: "no", at: Fixture.now)

    private func accept(_ id: String, at service: ServiceName, in outbox: Outbox) async throws -> Int64 {
        let sale = try Fixture.sale(id)
        let job = NewJob(kind: .registration, service: service, key: id, request: [1])
        return try await outbox.accepted(
            NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival)
        ).registration.job
    }

    @Test("what may have been made since is looked for first where a repeat would make a second document")
    func lookedForFirst() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            _ = try await accept("NEW", at: Self.other, in: outbox)
            _ = try await accept("THEIRS", at: .slime, in: outbox)
            let lost = try await accept("LOST", at: Self.other, in: outbox)
            let absent = JobMachine.Event.absent(failure, until: Fixture.now)
            try await outbox.apply(
                [
                    .attemptBegan, .deferred(failure, until: Fixture.now, mayHaveActed: true), .attemptBegan, absent,
                    .attemptBegan, absent,
                ], toJob: lost, at: Fixture.now)
            let rejected = try await accept("REJECTED", at: Self.other, in: outbox)
            try await outbox.apply([.attemptBegan, .rejected(failure)], toJob: rejected, at: Fixture.now)
            let made = try await accept("MADE", at: Self.other, in: outbox)
            try await outbox.apply([.attemptBegan, .begun(remoteID: "D-1")], toJob: made, at: Fixture.now)
            let before = try await outbox.sale(Fixture.id("MADE")).registration
            try outbox.close()

            let terms = RecoveryTerms(provider: Self.other, cannotTellRepeats: [Self.other])
            let report = try Recovery.run(from: path, to: path + ".recovered", under: terms)
            #expect((report.sales, report.lostRegistrations, report.unreadRows) == (5, 0, 0))
            let recovered = try Outbox(path: path + ".recovered")
            for (id, isLookedFor) in [("NEW", true), ("LOST", true), ("REJECTED", true), ("THEIRS", false)] {
                let machine = try await recovered.sale(Fixture.id(id)).registration.machine
                #expect(machine.mayHaveActed == isLookedFor && machine.search == JobSearch(), "\(id)")
            }
            #expect(try await recovered.sale(Fixture.id("MADE")).registration == before)
            // A sale that was not found at all may be handed in again.
            let sale = try Fixture.sale("GONE")
            var job = NewJob(kind: .registration, service: Self.other, key: "GONE", request: [1])
            job.tellsRepeats = false
            let again = try await recovered.accepted(
                NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival))
            #expect(again.registration.machine.mayHaveActed)
            try recovered.close()
        }
    }

    @Test("a withdrawal that is not that of the sale's present document does not come back")
    func staleWithdrawal() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            for id in ["A", "B"] {
                let record = try await outbox.accepted(Fixture.sale(id))
                try await outbox.apply(
                    [.attemptBegan, .begun(remoteID: "D-\(id)"), .done(result: "https://app.example/\(id)")],
                    toJob: record.registration.job, at: Fixture.now)
                _ = try await outbox.withdrawDocument(of: record.id, at: Fixture.now)
            }
            try await outbox.write { db, _ in
                try db.execute(sql: "UPDATE job SET remote_id = 'D-0' WHERE kind = 'withdrawal' AND remote_id = 'D-B'")
            }
            try outbox.close()
            let found = try Outbox(path: path + ".recovered", of: path, under: RecoveryTerms(provider: .slime))
            #expect(try await found.withdrawal(of: Fixture.id("A"))?.remoteID == "D-A")
            #expect(try await found.withdrawal(of: Fixture.id("B")) == nil)
            #expect(try await found.sale(Fixture.id("B")).registration.withdrawal == nil)
            try found.close()
        }
    }

    @Test("a sale comes back with what else is owed to it: its withdrawal, its tax invoice")
    func otherJobs() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            let record = try await outbox.accepted(Fixture.sale("A"))
            try await outbox.apply(
                [.attemptBegan, .begun(remoteID: "D-1"), .done(result: "https://app.example/1")],
                toJob: record.registration.job, at: Fixture.now)
            _ = try await outbox.requestInvoice(
                of: record.id, with: NewJob(kind: .saleInvoice, service: .slime, key: "A", request: [7]),
                at: Fixture.now)
            _ = try await outbox.withdrawDocument(of: record.id, at: Fixture.now)
            let before = try await outbox.sale(record.id)
            try outbox.close()
            let proof = RequestProof { $0.kind == .registration || $0.bytes == [7] }
            let report = try Recovery.run(
                from: path, to: path + ".recovered", under: RecoveryTerms(provider: .slime, proofs: [.slime: proof]))
            #expect((report.sales, report.unreadRows) == (1, 0))
            let recovered = try Outbox(path: path + ".recovered")
            #expect(try await recovered.sale(record.id).registration == before.registration)
            #expect(try await recovered.invoice(of: record.id)?.state == .pending)
            #expect(try await recovered.withdrawal(of: record.id)?.remoteID == "D-1")
            try recovered.close()
            // Without the job nothing would ever come of it.
            let opened = try Outbox(path: path)
            try await opened.write { db, _ in try db.execute(sql: "DELETE FROM job WHERE kind = 'withdrawal'") }
            try opened.close()
            let found = try Outbox(path: path + ".again", of: path, under: RecoveryTerms(provider: .slime))
            #expect(try await found.sale(record.id).registration.withdrawal == nil)
            try found.close()
        }
    }
}

extension Outbox {
    /// What is recovered of a database.
    fileprivate convenience init(path: String, of source: String, under terms: RecoveryTerms) throws {
        _ = try Recovery.run(from: source, to: path, under: terms)
        try self.init(path: path)
    }
}
