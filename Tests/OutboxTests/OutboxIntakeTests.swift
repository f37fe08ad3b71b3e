import Foundation
import Journey
import Outbox
import Sales
import TestOutbox
import Testing

@Suite struct OutboxIntakeTests {
    @Test("a sale is new once, then the same; other content under its id is a conflict")
    func identity() async throws {
        try await withOutbox { outbox, _ in
            let first = try await outbox.accepted(Fixture.sale("A"))
            #expect(first.registration.machine == JobMachine(dueAt: Fixture.now))
            #expect(first.registration.provider == .slime)
            #expect(first.source == "uid=1000")
            #expect(first.original?.machine.state == .queued)
            #expect(try await outbox.accept(Fixture.sale("A")) == .same(first))
            #expect(try await outbox.accept(Fixture.sale("A", price: "16")) == .conflict)
            // Ids are case-sensitive.
            guard case .new = try await outbox.accept(Fixture.sale("a")) else {
                Issue.record("\"a\" was taken for \"A\"")
                return
            }
        }
    }

    @Test("a new sale is given back as it is kept, its times cut to the millisecond", arguments: ["front", nil])
    func record(printer: String?) async throws {
        try await withOutbox { outbox, _ in
            let received = Fixture.now.addingTimeInterval(0.123_456_7)
            let kept = try await outbox.accepted(Fixture.sale("A", receivedAt: received, printer: printer))
            #expect(kept == (try await outbox.sale(Fixture.id("A"))))
            #expect(kept.prints.count == (printer == nil ? 0 : 1))
        }
    }

    @Test("what was accepted is there after the file is opened again")
    func survives() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let first = try Outbox(path: path)
            let kept = try await first.accepted(Fixture.sale("A"))
            try first.close()
            let second = try Outbox(path: path)
            #expect(try await second.sale(Fixture.id("A")) == kept)
            let event = try await second.kept(Fixture.id("A"))
            #expect(try event.event == Fixture.event("A").canonicalBytes)
            try second.close()
        }
    }

    @Test(
        "the rounding rule of a sale is kept with it, and its paper is owed under it", arguments: RoundingRule.allCases)
    func roundingRule(rule: RoundingRule) async throws {
        try await withOutbox { outbox, _ in
            let kept = try await outbox.accepted(Fixture.sale("A", price: "0.041875", rounding: rule))
            #expect(kept.totals.total.plain == "0.34")
            #expect(try await outbox.kept(kept.id).terms.rounding == rule)
            let owed = try await outbox.nextPrint(on: "front", at: Fixture.now + 3, longestWait: .seconds(8))
            #expect(owed?.kept.terms.rounding == rule)
            // The same sale under another configuration.
            let again = try Fixture.sale("A", price: "0.041875", rounding: rule == .line ? .total : .line)
            #expect(try await outbox.accept(again) == .same(kept))
            #expect(try await outbox.kept(kept.id).terms.rounding == rule)
        }
    }

    @Test("many callers at once are all kept, and a conflict among them is its own alone")
    func groupCommit() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("TAKEN"))
            let outcomes = try await withThrowingTaskGroup(of: Acceptance.self) { group in
                for number in 0..<300 {
                    group.addTask { try await outbox.accept(Fixture.sale("S-\(number)")) }
                    if number.isMultiple(of: 50) {
                        group.addTask { try await outbox.accept(Fixture.sale("TAKEN", price: "99")) }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let new = outcomes.count { if case .new = $0 { true } else { false } }
            #expect(new == 300)
            #expect(outcomes.count { $0 == .conflict } == 6)
            #expect(try await outbox.sales(limit: 500).count == 301)
        }
    }

    @Test("a write that fails leaves its neighbours in the same commit standing")
    func failingNeighbour() async throws {
        try await withOutbox { outbox, _ in
            let failures = try await withThrowingTaskGroup(of: OutboxError.Code?.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        _ = try await outbox.accepted(Fixture.sale("S-\(number)"))
                        return nil
                    }
                    group.addTask {
                        do {
                            _ = try await outbox.requestPrint(
                                .copy, of: Fixture.id("NONE-\(number)"), on: "front", at: Fixture.now)
                            return nil
                        } catch let error as OutboxError {
                            return error.code
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
            }
            #expect(failures == Array(repeating: .notFound, count: 300))
            let sales = try await outbox.sales(limit: 500)
            #expect(Set(sales.map(\.id.text)) == Set((0..<300).map { "S-\($0)" }))
            #expect(sales.allSatisfy { $0.prints.count == 1 })
        }
    }

    @Test("a caller that is cancelled leaves its neighbours' sales standing")
    func cancelledCaller() async throws {
        try await withOutbox { outbox, _ in
            let cancelled = Task { try await outbox.accept(Fixture.sale("CANCELLED")) }
            cancelled.cancel()
            async let neighbour = outbox.accepted(Fixture.sale("NEIGHBOUR"))
            let kept = try await neighbour
            #expect(kept.id.text == "NEIGHBOUR")
            // It was handed over before it was cancelled or not at all; either way the store answers for it.
            let outcome = await cancelled.result
            let record = try? await outbox.sale(Fixture.id("CANCELLED"))
            #expect((record != nil) == ((try? outcome.get()) != nil))
        }
    }

    @Test("sales are listed newest first, page by page, and by the state of their registration")
    func list() async throws {
        try await withOutbox { outbox, _ in
            for number in 1...5 { _ = try await outbox.accepted(Fixture.sale("S-\(number)")) }
            let page = try await outbox.sales(limit: 2)
            #expect(page.map(\.id.text) == ["S-5", "S-4"])
            let rest = try await outbox.sales(before: page.last?.seq, limit: 10)
            #expect(rest.map(\.id.text) == ["S-3", "S-2", "S-1"])
            let failure = Failure(code: "SchemaViolation", message: "no", at: Fixture.now)
            try await outbox.apply(
                [.attemptBegan, .rejected(failure)], toJob: rest[0].registration.job, at: Fixture.now)
            #expect(try await outbox.sales(registration: .rejected, limit: 10).map(\.id.text) == ["S-3"])
            #expect(try await outbox.sales(registration: .pending, limit: 10).count == 4)
        }
    }

    @Test("whoever follows a sale is woken by its changes and not by another's")
    func changes() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            var ticks = outbox.changes.ticks(of: .sale(record.id)).makeAsyncIterator()
            var all = outbox.changes.ticks().makeAsyncIterator()
            _ = try await outbox.accepted(Fixture.sale("B"))
            #expect(await all.next() != nil)
            try await outbox.apply([.attemptBegan], toJob: record.registration.job, at: Fixture.now)
            #expect(await ticks.next() != nil)
            #expect(try await outbox.sale(record.id).registration.attempts == 1)
        }
    }
}
