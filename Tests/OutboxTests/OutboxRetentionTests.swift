import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxRetentionTests {
    private let limit = Fixture.now + 1_000
    private var limits: PurgeLimits { PurgeLimits(receivedBefore: limit, agedBefore: limit) }
    private let linked: [JobMachine.Event] = [
        .attemptBegan, .begun(), .done(result: "https://app.example/1"),
    ]

    /// A sale that owes nothing any more.
    private func settle(_ id: String, at received: Date, in outbox: Outbox) async throws {
        let record = try await outbox.accepted(Fixture.sale(id, receivedAt: received))
        try await outbox.apply(linked, toJob: record.registration.job, at: received)
        let print = try #require(record.original)
        try await outbox.apply(.began, toPrint: print.seq)
        try await outbox.apply(.confirmed(.written, at: received), toPrint: print.seq)
    }

    @Test("settled sales past their time go with their prints; owed, rejected and younger ones stay")
    func whatGoes() async throws {
        try await withOutbox { outbox, _ in
            try await settle("OLD", at: Fixture.now, in: outbox)
            _ = try await outbox.accepted(Fixture.sale("PENDING"))
            let rejected = try await outbox.accepted(Fixture.sale("REJECTED", printer: nil))
            try await outbox.apply(
                [.attemptBegan, .rejected(Failure(code: "SchemaViolation", message: "", at: Fixture.now))],
                toJob: rejected.registration.job, at: Fixture.now)
            let queued = try await outbox.accepted(Fixture.sale("QUEUED"))
            try await outbox.apply(linked, toJob: queued.registration.job, at: Fixture.now)
            let printing = try await outbox.accepted(Fixture.sale("PRINTING"))
            try await outbox.apply(linked, toJob: printing.registration.job, at: Fixture.now)
            try await outbox.apply(.began, toPrint: try #require(printing.original).seq)
            // One has a document in its printer's queue, and one in the printer's hands.
            for (id, hasBegun) in [("DOC-QUEUED", false), ("DOC-PRINTING", true)] {
                try await settle(id, at: Fixture.now, in: outbox)
                let document = try #require(DocumentID("D"))
                let print = try #require(
                    try await outbox.printDocument(
                        document, of: Fixture.id(id), pdf: [1], on: "office", at: Fixture.now))
                if hasBegun { try await outbox.apply(.began, toDocumentPrint: print.seq) }
            }
            try await settle("YOUNG", at: limit, in: outbox)
            let step = try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 100)
            #expect(step == PurgeStep(purged: 1, first: Fixture.now, next: nil))
            let left = try await outbox.sales(limit: 10).map(\.id.text)
            #expect(left == ["YOUNG", "DOC-PRINTING", "DOC-QUEUED", "PRINTING", "QUEUED", "REJECTED", "PENDING"])
            let orphans = try await outbox.read { db in
                try ["print", "job"].map {
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0) WHERE sale_seq NOT IN (SELECT seq FROM sale)")
                }
            }
            #expect(orphans == [0, 0])
            #expect(try await outbox.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM print") } == 6)
        }
    }

    @Test("steps go on where the last ended, look at so many sales and no more, and end where none is old")
    func steps() async throws {
        try await withOutbox { outbox, _ in
            for number in 1...5 { try await settle("OLD-\(number)", at: Fixture.now, in: outbox) }
            // A wrong clock dated one of them ahead.
            try await settle("ODD", at: limit + 9, in: outbox)
            for number in 6...8 { try await settle("OLD-\(number)", at: Fixture.now, in: outbox) }
            for number in 1...9 { try await settle("YOUNG-\(number)", at: limit, in: outbox) }
            var steps: [PurgeStep] = []
            var cursor: Int64? = 0
            while let after = cursor {
                let step = try await outbox.purgeSettled(limits, within: 60, after: after, limit: 4)
                steps.append(step)
                cursor = step.next
            }
            #expect(steps.map(\.purged) == [4, 3, 1, 0])
            #expect(steps.map(\.next) == [4, 8, 12, nil])
            #expect(try await outbox.sales(limit: 50).count == 10)
        }
    }

    @Test("a sale is purged when it is old by both clocks")
    func bothClocks() async throws {
        try await withOutbox { outbox, _ in
            try await settle("A", at: Fixture.now, in: outbox)
            let young = Fixture.now - 1
            for limits in [
                PurgeLimits(receivedBefore: young, agedBefore: limit),
                PurgeLimits(receivedBefore: limit, agedBefore: young),
            ] {
                #expect(try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 9).purged == 0)
            }
            #expect(try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 9).purged == 1)
        }
    }

    @Test("no more goes at once than a span of days, counted from the first that goes")
    func span() async throws {
        try await withOutbox { outbox, _ in
            for (number, second) in [0, 10, 60, 61, 70].enumerated() {
                try await settle("S-\(number)", at: Fixture.now + Double(second), in: outbox)
            }
            let step = try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 100)
            #expect(step == PurgeStep(purged: 3, first: Fixture.now, next: nil))
            let next = try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 100)
            #expect(next == PurgeStep(purged: 2, first: Fixture.now + 61, next: nil))
        }
    }

    @Test("a step reads by the sales' own numbers, whatever lies behind them")
    func plan() async throws {
        try await withOutbox { outbox, _ in
            let plan = try await outbox.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        EXPLAIN QUERY PLAN \(RetentionQueries.step)
                        """, arguments: [5, 200]
                ).map { $0["detail"] as String }
            }
            #expect(plan.contains("SEARCH sale USING INTEGER PRIMARY KEY (rowid>?)"))
            for table in ["job", "print", "document_print"] {
                #expect(plan.contains { $0.hasPrefix("SEARCH \(table) USING INDEX") && $0.contains("(sale_seq=?)") })
            }
        }
    }
}
