import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

/// How long images and slips stay, and what each query reads.
@Suite struct SlipImagesTests {
    private static let failure = Failure(code: "Reader::NoResult", message: "none", at: Fixture.now)

    private func failed(_ image: UInt8, at time: Date, in outbox: Outbox) async throws -> SlipRecord {
        let slip = try await outbox.taken(SlipFixture.slip(image, amount: 100))
        try await outbox.apply([.attemptBegan, .rejected(Self.failure)], toJob: slip.seq, at: time)
        return slip
    }

    @Test("an image goes a while after nothing is owed any more, and not before")
    func due() async throws {
        try await withOutbox { outbox, _ in
            let first = try await failed(1, at: Fixture.now, in: outbox)
            let second = try await failed(2, at: Fixture.now + 10, in: outbox)
            _ = try await outbox.taken(SlipFixture.slip(3, amount: 100))
            func due(_ seconds: TimeInterval) async throws -> [SlipID] {
                try await outbox.imagesToRemove(endedBefore: Fixture.now + seconds, atMost: 9).map(\.id)
            }
            #expect(try await due(0).isEmpty)
            #expect(try await due(10) == [first.id])
            #expect(try await due(99) == [first.id, second.id])
            _ = try await outbox.imageRemoved(first.id)
            #expect(try await due(99) == [second.id])
            // It is owed again.
            _ = try await outbox.retrySlip(second.id, at: Fixture.now + 20)
            #expect(try await due(99).isEmpty)
        }
    }

    @Test("an image that is handed in again stays as long as a new one")
    func keptAgain() async throws {
        try await withOutbox { outbox, _ in
            let slip = try await failed(1, at: Fixture.now, in: outbox)
            _ = try await outbox.imageRemoved(slip.id)
            let owed = try await outbox.taken(SlipFixture.slip(2, amount: 100))
            _ = try await outbox.imageRemoved(owed.id)
            for id in [slip.id, owed.id] {
                #expect(try await !outbox.imageKept(id, at: Fixture.now + 50).imageRemoved)
            }
            #expect(try await outbox.imagesToRemove(endedBefore: Fixture.now + 50, atMost: 9).isEmpty)
            #expect(try await outbox.imagesToRemove(endedBefore: Fixture.now + 51, atMost: 9).map(\.id) == [slip.id])
            #expect(try await outbox.strayImages(among: [slip.image, owed.image]).isEmpty)
            #expect(try await outbox.retrySlip(slip.id, at: Fixture.now).state == .waiting)
        }
    }

    @Test("images that are owed a reading go by when they came")
    func owed() async throws {
        try await withOutbox { outbox, _ in
            let owed = try await outbox.taken(SlipFixture.slip(1, amount: 100))
            _ = try await failed(2, at: Fixture.now, in: outbox)
            #expect(try await outbox.owedImages(takenBefore: Fixture.now, atMost: 9).isEmpty)
            let limit = Fixture.now + 1
            #expect(try await outbox.owedImages(takenBefore: limit, atMost: 9).map(\.id) == [owed.id])
            _ = try await outbox.imageRemoved(owed.id)
            #expect(try await outbox.owedImages(takenBefore: limit, atMost: 9).isEmpty)
        }
    }

    @Test("a file is stray if it is no slip's, or if the image was to go")
    func stray() async throws {
        try await withOutbox { outbox, _ in
            let kept = try await outbox.taken(SlipFixture.slip(1, amount: 100))
            let gone = try await failed(2, at: Fixture.now, in: outbox)
            _ = try await outbox.imageRemoved(gone.id)
            let strange = "\(SlipID.random()).jpg"
            #expect(
                try await outbox.strayImages(among: [kept.image, gone.image, strange, "note.txt", "x"])
                    == [gone.image, strange, "note.txt", "x"])
        }
    }

    @Test("a database that took the place of a lost one may not know whose an image is")
    func afterLoss() async throws {
        try await withTemporaryFolder { folder in
            for isLoss in [true, false] {
                let outbox = try Outbox(
                    path: folder.appendingPathComponent("\(isLoss).sqlite").path,
                    birth: DatabaseBirth(at: Fixture.now, isLoss: isLoss))
                #expect(try await outbox.mayHaveLostSlips() == isLoss)
                try outbox.close()
            }
        }
    }

    @Test("slips go when they are old by both clocks and nothing is owed, with their jobs; a sale goes without them")
    func purge() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await outbox.accepted(Fixture.sale("A", printer: nil))
            let settled = try await outbox.taken(SlipFixture.slip(1, for: "A"))
            _ = try await outbox.read(settled, as: SlipFixture.reading())
            let owed = try await outbox.taken(SlipFixture.slip(2, for: "A"))
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://x.example/")], toJob: sale.registration.job,
                at: Fixture.now)
            let limits = PurgeLimits(receivedBefore: .distantFuture, agedBefore: .distantFuture)
            #expect(try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 9).purged == 1)
            #expect(try await !outbox.slip(settled.id).bound)
            let young = PurgeLimits(receivedBefore: .distantFuture, agedBefore: Fixture.now)
            #expect(try await outbox.purgeSlips(young, within: 60, after: 0, limit: 9).purged == 0)
            #expect(try await outbox.purgeSlips(limits, within: 60, after: 0, limit: 9).purged == 1)
            #expect(try await outbox.slips(limit: 9).map(\.id) == [owed.id])
            let jobs = try await outbox.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM job") }
            #expect(jobs == 1)
        }
    }

    @Test(
        "each query stays within an index",
        arguments: [
            (SlipQueries.one, ["USING INDEX sqlite_autoindex_slip_1 (id=?)"]),
            (SlipQueries.ofSale, ["slip USING INDEX slip_of_sale (sale_seq=?)"]),
            (SlipQueries.newest, ["slip USING INTEGER PRIMARY KEY (rowid<?)"]),
            (SlipQueries.newestByState, ["slip USING INDEX slip_state (state=? AND rowid<?)"]),
            (SlipQueries.same, ["slip_digest (digest=?)"]),
            (SlipQueries.sameAmount, ["slip_digest (digest=?)"]),
            (SlipQueries.unnamed, ["slip_digest (digest=?)"]),
            (SlipQueries.countNamed, ["slip_named (transaction_id=?)"]),
            (SlipQueries.unbound, ["slip_named (transaction_id=?)"]),
            (SlipQueries.sameImage, ["slip_digest (digest=? AND rowid<?)"]),
            (SlipQueries.sameTransfer, ["slip_transfer (transfer=? AND rowid<?)"]),
            (SlipQueries.laterTransfers, ["slip_transfer (transfer=? AND rowid>?)"]),
            (SlipQueries.laterImages, ["slip_digest (digest=? AND rowid>?)"]),
            (SlipImageQueries.due, ["slip_image (ended_at"]),
            (SlipImageQueries.owed, ["slip_state (state=?"]),
            (SlipImageQueries.keep, ["sqlite_autoindex_slip_1 (id=?)"]),
            (SlipImageQueries.isKept, ["sqlite_autoindex_slip_1 (id=?)"]),
            (RetentionQueries.slipStep, ["slip USING INTEGER PRIMARY KEY (rowid>?)"]),
        ])
    func plans(sql: String, wanted: [String]) async throws {
        try await withOutbox { outbox, _ in
            let plan = try await outbox.read { db in
                let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                statement.setUncheckedArguments(StatementArguments())
                return try Row.fetchAll(statement).map { $0["detail"] as String }
            }
            #expect(
                !plan.contains { $0.hasPrefix("SCAN") && $0 != "SCAN CONSTANT ROW" || $0.contains("TEMP B-TREE") },
                "\(plan)")
            for part in wanted { #expect(plan.contains { $0.contains(part) }, "\(plan)") }
        }
    }

    @Test("a sale's foreign key to its slips is looked up, and a purge of it scans nothing")
    func foreignKey() async throws {
        try await withOutbox { outbox, _ in
            let plan = try await outbox.read { db in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN UPDATE slip SET sale_seq = NULL WHERE sale_seq = 1").map {
                    $0["detail"] as String
                }
            }
            #expect(plan.contains { $0.contains("slip_of_sale (sale_seq=?)") }, "\(plan)")
        }
    }
}
