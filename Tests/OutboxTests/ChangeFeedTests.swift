import Foundation
import GRDB
import Journey
import Sales
import Synchronization
import TestOutbox
import Testing

@testable import Outbox

@Suite struct ChangeFeedTests {
    private final class Observer: Sendable {
        private let seen = Mutex<[OutboxChange]>([])

        var changes: [OutboxChange] { seen.withLock(\.self) }

        init(_ outbox: Outbox) {
            outbox.changes.observe { [weak self] changes in self?.seen.withLock { $0 += changes } }
        }
    }

    @Test("whoever wrote finds that the observers know of it, each change in its order")
    func order() async throws {
        try await withOutbox { outbox, _ in
            let observer = Observer(outbox)
            let sale = try await outbox.accepted(Fixture.sale("A"))
            #expect(observer.changes == [.accepted(sale)])
            _ = try await outbox.accept(Fixture.sale("A"))
            #expect(observer.changes.count == 1, "the same sale again changes nothing")
            let machine = try await outbox.apply([.attemptBegan], toJob: sale.registration.job, at: Fixture.now)
            let registration = SaleRegistration(job: sale.registration.job, provider: .slime, machine: machine)
            #expect(observer.changes.last == .registration(sale.id, registration, receivedAt: sale.receivedAt))
            let held = AccountState(condition: .held, failure: Failure(code: "X", message: "", at: Fixture.now))
            try await outbox.setAccount(held, of: .slime)
            #expect(observer.changes.last == .account(.slime, held))
        }
    }

    @Test("the reprint that an uncertain original is owed is told with it, and so is every other way of a print")
    func prints() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await outbox.accepted(Fixture.sale("A"))
            let original = try #require(sale.original)
            let observer = Observer(outbox)
            try await outbox.move(original.seq, from: "front", to: "back")
            try await outbox.apply(.began, toPrint: original.seq)
            try await outbox.apply(.lostContact(reason: "x", at: Fixture.now), toPrint: original.seq)
            _ = try await outbox.cancelPrint(2, of: sale.id, at: Fixture.now)
            _ = try await outbox.requestPrint(.copy, of: sale.id, on: "front", at: Fixture.now)
            let told = observer.changes.map { change in
                guard case .print(sale.id, let print, sale.receivedAt) = change else { return "\(change)" }
                return "\(print.id) \(print.machine.mark) \(print.machine.state) \(print.printer)"
            }
            #expect(
                told == [
                    "1 none queued back", "1 none printing back", "1 none uncertain back", "2 reprint queued back",
                    "2 reprint cancelled back", "3 copy queued front",
                ])
        }
    }

    @Test(
        "a sale is settled once its registration and its original are over, whichever is last",
        arguments: [true, false])
    func settled(paperFirst: Bool) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            let sale = try await outbox.accepted(Fixture.sale("A"))
            let (job, paper) = (sale.registration.job, try #require(sale.original).seq)
            func register() async throws {
                try await outbox.apply([.attemptBegan, .begun()], toJob: job, at: Fixture.now + 1)
                try await outbox.apply([.done(result: "https://x/y")], toJob: job, at: Fixture.now + 2)
            }
            func print() async throws {
                try await outbox.apply(.began, toPrint: paper)
                try await outbox.apply(.confirmed(.status, at: Fixture.now + 3), toPrint: paper)
            }
            let first = Observer(outbox)
            if paperFirst { try await print() } else { try await register() }
            #expect(!first.changes.contains { if case .settled = $0 { true } else { false } })
            try outbox.close()
            // What the line says of the first half comes from the database.
            outbox = try Outbox(path: path)
            let observer = Observer(outbox)
            if paperFirst { try await register() } else { try await print() }
            let kept = try await outbox.sale(sale.id)
            #expect(observer.changes.filter { if case .settled = $0 { true } else { false } } == [.settled(kept)])
            #expect(kept.source == "uid=1000")
            #expect(kept.registration.endedAt == Fixture.now + 2)
            // A copy is no original.
            let copy = try await outbox.requestPrint(.copy, of: sale.id, on: "front", at: Fixture.now)
            _ = try await outbox.cancelPrint(copy.id, of: sale.id, at: Fixture.now)
            #expect(observer.changes.count { if case .settled = $0 { true } else { false } } == 1)
            try outbox.close()
        }
    }

    @Test("a sale without paper is settled when it is registered or rejected")
    func settledWithoutPaper() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await outbox.accepted(Fixture.sale("A", printer: nil))
            let observer = Observer(outbox)
            let failure = Failure(code: "SchemaViolation", message: "", at: Fixture.now)
            try await outbox.apply(
                [.attemptBegan, .rejected(failure)], toJob: sale.registration.job, at: Fixture.now)
            #expect(observer.changes.last == .settled(try await outbox.sale(sale.id)))
        }
    }

    /// Who was woken by what `body` does, of all that anybody can wait for.
    private func woken(
        by outbox: Outbox, _ sale: SaleRecord, _ body: () async throws -> Void
    ) async throws -> Set<String> {
        let topics: [(String, ChangeFeed.Topic)] = [
            ("all", .everything), ("A", .sale(sale.id)), ("B", .sale(try Fixture.id("B"))),
            ("slime", .jobs(of: .slime)), ("other", .jobs(of: ServiceName(rawValue: "other"))),
            ("front", .prints(on: "front")), ("back", .prints(on: "back")),
        ]
        // Whoever wrote goes on before the readers are woken; a read comes after that.
        _ = try await outbox.figures()
        let ticks = topics.map { ($0.0, outbox.changes.ticks(of: $0.1)) }
        try await body()
        _ = try await outbox.figures()
        var woken: Set<String> = []
        for (name, stream) in ticks {
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    for await _ in stream { return true }; return false
                }
                // A tick that is there is taken also by a task that is cancelled.
                group.cancelAll()
                if await group.next() == true { woken.insert(name) }
            }
        }
        return woken
    }

    @Test("a commit wakes those whom it concerns, and nobody else")
    func whoWakes() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await outbox.accepted(Fixture.sale("A"))
            let (job, paper) = (sale.registration.job, try #require(sale.original).seq)
            #expect(
                try await woken(by: outbox, sale) { _ = try await outbox.accepted(Fixture.sale("B", printer: "back")) }
                    == ["all", "B", "slime", "back"])
            // What a worker begins itself is news to those who follow the sale alone.
            #expect(
                try await woken(by: outbox, sale) {
                    _ = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1))
                } == ["all", "A"])
            let failure = Failure(code: "HTTP::503", message: "", at: Fixture.now)
            #expect(
                try await woken(by: outbox, sale) {
                    try await outbox.apply(
                        [.deferred(failure, until: Fixture.now, mayHaveActed: false)], toJob: job, at: Fixture.now)
                } == ["all", "A", "slime"])
            // Its paper waits for the link.
            #expect(
                try await woken(by: outbox, sale) {
                    try await outbox.apply([.begun(), .done(result: "https://x/y")], toJob: job, at: Fixture.now)
                } == ["all", "A", "slime", "front"])
            #expect(
                try await woken(by: outbox, sale) { try await outbox.move(paper, from: "front", to: "back") }
                    == ["all", "A", "front", "back"])
            #expect(
                try await woken(by: outbox, sale) { try await outbox.apply(.began, toPrint: paper) } == ["all", "A"])
            #expect(
                try await woken(by: outbox, sale) {
                    try await outbox.apply(.returned(reason: "off"), toPrint: paper)
                } == ["all", "A", "back"])
            #expect(
                try await woken(by: outbox, sale) {
                    try await outbox.count(Incident(code: "spool-rejected", since: Fixture.now))
                } == ["all"])
            #expect(
                try await woken(by: outbox, sale) {
                    try await outbox.setAccount(AccountState(condition: .down), of: .slime)
                } == ["all", "A", "B", "slime", "other", "front", "back"])
            // A read, and what was refused, wake nobody.
            #expect(try await woken(by: outbox, sale) { _ = try? await outbox.sale(sale.id) } == [])
            #expect(
                try await woken(by: outbox, sale) { _ = try? await outbox.apply(.wentOn, toPrint: paper) } == [])
        }
    }

    @Test("nothing is told of a write that was rolled back")
    func rolledBack() async throws {
        try await withOutbox { outbox, _ in
            let observer = Observer(outbox)
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.write { _, log in
                    log.add(.account(.slime, .up))
                    throw OutboxError(.conflict, "after all, no")
                }
            }
            #expect(error?.code == .conflict)
            let sale = try await outbox.accepted(Fixture.sale("A"))
            #expect(observer.changes == [.accepted(sale)])
        }
    }
}
