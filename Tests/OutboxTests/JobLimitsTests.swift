import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

/// Who goes first, and what a clock that was put back does to it.
@Suite struct JobLimitsTests {
    private func sale(_ id: String, _ priority: Priority, receivedAt: Date = Fixture.now) throws -> NewSale {
        try Fixture.sale(id, receivedAt: receivedAt, priority: priority)
    }

    @Test("a till's sale goes before a thousand of the spool, at the provider and at the printer")
    func tillFirst() async throws {
        try await withOutbox { outbox, _ in
            for number in 1...1_000 { _ = try await outbox.accepted(sale("SPOOL-\(number)", .spool)) }
            let till = try await outbox.accepted(sale("TILL", .till))
            let owed = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 3))
            #expect(owed.map(\.key) == ["TILL", "SPOOL-1", "SPOOL-2"])
            let due = Fixture.now + 3
            let print = try await outbox.nextPrint(
                on: "front", at: due, longestWait: .seconds(8))
            #expect(print?.saleSeq == till.seq)
        }
    }

    @Test("the backlog takes only the places that are left for it, a waiting customer's sale any")
    func backlogLimit() async throws {
        try await withOutbox { outbox, _ in
            for number in 1...10 {
                _ = try await outbox.accepted(sale("OLD-\(number)", .till, receivedAt: Fixture.now - 60))
            }
            let all = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 8, backlog: 7))
            #expect(all.map(\.key) == (1...7).map { "OLD-\($0)" })
            _ = try await outbox.accepted(sale("LIVE", .till))
            let one = try await outbox.beginJobs(
                of: .slime, at: Fixture.now, within: JobLimits(all: 1, backlog: 0, excluding: Set(all.map(\.seq))))
            #expect(one.map(\.key) == ["LIVE"])
        }
    }

    @Test("what belongs to the backlog from the start waits for no customer's time to be over, and goes last")
    func backlogFromTheStart() async throws {
        try await withOutbox { outbox, _ in
            for priority in [Priority.apart, .backlog, .spool, .till] {
                _ = try await outbox.accepted(sale("\(priority)", priority))
            }
            let owed = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 9))
            #expect(owed.prefix(2).map(\.key) == ["till", "spool"])
            #expect(Set(owed.dropFirst(2).map(\.key)) == ["backlog", "apart"])
        }
    }

    @Test("what lay in the spool and the backlog share their places, and leave the others to tills")
    func spoolLimit() async throws {
        try await withOutbox { outbox, _ in
            for number in 1...5 {
                _ = try await outbox.accepted(sale("SPOOL-\(number)", .spool))
                _ = try await outbox.accepted(sale("OLD-\(number)", .till, receivedAt: Fixture.now - 60))
            }
            _ = try await outbox.accepted(sale("TILL", .till))
            let owed = try await outbox.beginJobs(
                of: .slime, at: Fixture.now, within: JobLimits(all: 10, spool: 6, backlog: 4))
            #expect(owed.map(\.key) == ["TILL"] + (1...5).map { "SPOOL-\($0)" } + ["OLD-1"])
            // On disk as begun, and not begun twice.
            #expect(try await outbox.sale(Fixture.id("TILL")).registration.machine.hasOpenAttempt)
            let rest = try await outbox.beginJobs(
                of: .slime, at: Fixture.now, within: JobLimits(all: 10, excluding: Set(owed.map(\.seq))))
            #expect(rest.map(\.key) == (2...5).map { "OLD-\($0)" })
        }
    }

    @Test("a sale that waits apart goes after all others, one at a time, also after a restart")
    func apart() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            for number in 1...3 {
                let record = try await outbox.accepted(sale("BAD-\(number)", .till))
                let failure = Failure(code: "HTTP::500", message: "", at: Fixture.now)
                try await outbox.apply(
                    [.attemptBegan, .deferred(failure, until: Fixture.now, mayHaveActed: true, apart: true)],
                    toJob: record.registration.job, at: Fixture.now)
                #expect(try await outbox.sale(record.id).registration.machine.waitsApart)
            }
            #expect(try await !outbox.owesOrdinaryJobs(.slime))
            _ = try await outbox.accepted(sale("SPOOL", .spool))
            _ = try await outbox.accepted(sale("OLD", .till, receivedAt: Fixture.now - 60))
            try outbox.close()
            outbox = try Outbox(path: path)
            #expect(try await outbox.owesOrdinaryJobs(.slime))
            let owed = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 10))
            #expect(owed.map(\.key) == ["SPOOL", "OLD", "BAD-1"])
            #expect(owed.map(\.machine.waitsApart) == [false, false, true])
            let none = try await outbox.beginJobs(
                of: .slime, at: Fixture.now, within: JobLimits(all: 10, apart: 0, excluding: Set(owed.map(\.seq))))
            #expect(none.isEmpty)
            // What is put off is found, whether it waits apart or not.
            let failure = Failure(code: "HTTP::500", message: "", at: Fixture.now)
            try await outbox.apply(
                [.deferred(failure, until: Fixture.now + 7, mayHaveActed: true)], toJob: owed[2].seq, at: Fixture.now)
            #expect(try await outbox.nextJobDue(of: .slime, after: Fixture.now) == Fixture.now + 7)
            #expect(try await outbox.makeDue(.slime, putOffBeyond: Fixture.now + 6, at: Fixture.now) == 1)
            try outbox.close()
        }
    }

    @Test("what was put off by a clock that ran ahead is due once the clock is right")
    func clockPutBack() async throws {
        try await withOutbox { outbox, _ in
            let tomorrow = Fixture.now + 86_400
            let record = try await outbox.accepted(sale("A", .till, receivedAt: tomorrow))
            let failure = Failure(code: "HTTP 503", message: "", at: tomorrow)
            try await outbox.apply(
                [.attemptBegan, .deferred(failure, until: tomorrow + 3_600, mayHaveActed: false)],
                toJob: record.registration.job,
                at: tomorrow)
            #expect(try await outbox.makeDue(.slime, putOffBeyond: tomorrow + 3_900, at: tomorrow) == 0)
            #expect(try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1)).isEmpty)
            #expect(try await outbox.makeDue(.slime, putOffBeyond: Fixture.now + 3_900, at: Fixture.now) == 1)
            #expect(
                try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1)).map(\.key) == ["A"])
            // Its paper does not wait until tomorrow either.
            let print = try await outbox.nextPrint(
                on: "front", at: Fixture.now, longestWait: .seconds(8))
            #expect(print?.saleSeq == record.seq)
        }
    }

    @Test("jobs that have to be looked for are left out where they are not wanted, until the search has ended")
    func looks() async throws {
        try await withOutbox { outbox, _ in
            let failure = Failure(code: "Gateway::Unanswered", message: "no", at: Fixture.now)
            func end(_ id: String, _ events: [JobMachine.Event]) async throws {
                let job = try await outbox.accepted(sale(id, .till)).registration.job
                try await outbox.apply(events, toJob: job, at: Fixture.now)
            }
            let lost: [JobMachine.Event] = [
                .attemptBegan, .deferred(failure, until: Fixture.now, mayHaveActed: true),
            ]
            let absent = JobMachine.Event.absent(failure, until: Fixture.now)
            try await end("LOST", lost)
            try await end("KILLED", [.attemptBegan])
            try await end("LOOKED", lost + [.attemptBegan, absent, .attemptBegan, absent])
            try await end("MADE", [.attemptBegan, .begun(remoteID: "D-1")])
            try await end(
                "APART", [.attemptBegan, .deferred(failure, until: Fixture.now, mayHaveActed: true, apart: true)])
            try await end("NEW", [])
            for now in [Fixture.now, Fixture.now + 60] {
                var limits = JobLimits(all: 9)
                limits.looks = false
                let keys = try await outbox.read { [limits] db in
                    try JobQueries.due(of: .slime, at: now, within: limits, in: db).map {
                        try String.fetchOne(
                            db,
                            sql: "SELECT transaction_id FROM sale JOIN job ON sale_seq = sale.seq WHERE job.seq = ?",
                            arguments: [$0])
                    }
                }
                #expect(Set(keys.compactMap(\.self)) == ["LOOKED", "MADE", "NEW"])
                let all = try await outbox.read { db in
                    try JobQueries.due(of: .slime, at: now, within: JobLimits(all: 9), in: db)
                }
                #expect(all.count == 6)
            }
        }
    }
}
