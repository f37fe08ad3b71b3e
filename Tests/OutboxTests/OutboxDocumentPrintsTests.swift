import Foundation
import GRDB
import Journey
import Sales
import Synchronization
import TestOutbox
import Testing

@testable import Outbox

/// Documents on their way to A4.
@Suite struct OutboxDocumentPrintsTests {
    private static let pdf = Array("%PDF-1.7\n%%EOF\n".utf8)

    private func ask(
        _ document: String, of sale: String, in outbox: Outbox, on printer: String = "office"
    ) async throws -> DocumentPrint {
        let id = try #require(DocumentID(document))
        return try #require(
            try await outbox.printDocument(
                id, of: Fixture.id(sale), pdf: Self.pdf, on: printer, at: Fixture.now))
    }

    private func bytes(of print: DocumentPrint, in outbox: Outbox) async throws -> Data? {
        try await outbox.read { db in
            try Data.fetchOne(
                db, sql: "SELECT pdf FROM document_print_file WHERE print_seq = ?", arguments: [print.seq])
        }
    }

    @Test("prints come in the order in which they were asked for, each with its bytes until it is over")
    func order() async throws {
        try await withOutbox { outbox, _ in
            for id in ["A", "B"] { _ = try await outbox.accepted(Fixture.sale(id)) }
            let first = try await ask("A-D1", of: "A", in: outbox)
            let others = [try await ask("A-D2", of: "A", in: outbox), try await ask("B-D1", of: "B", in: outbox)]
            #expect(([first] + others).map(\.id) == [1, 2, 1])
            #expect(first.machine.state == .queued && first.requestedAt == Fixture.now)
            #expect(try await outbox.nextDocumentPrint(on: "front") == nil)
            let owed = try #require(try await outbox.nextDocumentPrint(on: "office"))
            #expect(owed.print == first && owed.pdf == Self.pdf)
            try await outbox.apply(.began, toDocumentPrint: first.seq)
            try await outbox.apply(.returned(reason: "no paper"), toDocumentPrint: first.seq)
            #expect(try await outbox.nextDocumentPrint(on: "office")?.print.machine.error == "no paper")
            try await outbox.apply(.began, toDocumentPrint: first.seq)
            #expect(try await outbox.nextDocumentPrint(on: "office")?.print == others[0])
            #expect(try await bytes(of: first, in: outbox) == Data(Self.pdf))
            let done = try await outbox.apply(.confirmed(.cups, at: Fixture.now + 9), toDocumentPrint: first.seq)
            #expect((done.machine.state, done.machine.confirmedBy) == (.printed, .cups))
            #expect(done.machine.finishedAt == Fixture.now + 9)
            #expect(try await bytes(of: first, in: outbox) == nil)
            #expect(try await outbox.documentPrints(of: Fixture.id("A")) == [done, others[0]])
            // They are none of the sale's papers.
            #expect(try await outbox.sale(Fixture.id("A")).prints.count == 1)
        }
    }

    @Test("a print of an unknown sale is refused, and an event that does not fit changes nothing")
    func refused() async throws {
        try await withOutbox { outbox, _ in
            let unknown = await #expect(throws: OutboxError.self) { try await ask("A-D1", of: "A", in: outbox) }
            #expect(unknown?.code == .notFound)
            _ = try await outbox.accepted(Fixture.sale("A"))
            let print = try await ask("A-D1", of: "A", in: outbox)
            let illegal = await #expect(throws: OutboxError.self) {
                try await outbox.apply(.confirmed(.cups, at: Fixture.now), toDocumentPrint: print.seq)
            }
            #expect(illegal?.code == .conflict)
            #expect(try await outbox.documentPrints(of: Fixture.id("A")) == [print])
        }
    }

    @Test("one that was begun when the gateway died may be on paper, and is not printed again")
    func interrupted() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("A", printer: nil))
            let print = try await ask("A-D1", of: "A", in: outbox)
            try await outbox.apply(.began, toDocumentPrint: print.seq)
            try outbox.close()
            outbox = try Outbox(path: path)
            #expect(try await outbox.settleInterruptedPrints(at: Fixture.now) == 1)
            let after = try #require(try await outbox.documentPrints(of: Fixture.id("A")).first)
            #expect(try await outbox.figures().failedPrints.map(\.documents) == [1])
            #expect(after.machine.state == .uncertain && after.machine.error?.contains("stopped") == true)
            #expect(try await outbox.nextDocumentPrint(on: "office") == nil)
            #expect(try await outbox.settleInterruptedPrints(at: Fixture.now) == 0)
            try outbox.close()
        }
    }

    @Test("what waits for a printer that prints no documents any more fails, and says so")
    func removedPrinter() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let (old, new) = (
                try await ask("D1", of: "A", in: outbox, on: "old"), try await ask("D2", of: "A", in: outbox)
            )
            #expect(try await outbox.failDocumentPrints(notOn: "office", at: Fixture.now) == 1)
            let prints = try await outbox.documentPrints(of: Fixture.id("A"))
            #expect(prints.map(\.machine.state) == [.failed, .queued] && prints.map(\.seq) == [old.seq, new.seq])
            #expect(prints[0].machine.error?.contains("old") == true)
            #expect(try await outbox.failDocumentPrints(notOn: nil, at: Fixture.now) == 1)
        }
    }

    @Test("what a printer owes of documents is part of its queue, and goes with its sale")
    func figures() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A", printer: nil))
            let first = try await ask("D1", of: "A", in: outbox)
            _ = try await ask("D2", of: "A", in: outbox)
            try await outbox.apply(.began, toDocumentPrint: first.seq)
            #expect(
                try await outbox.figures().prints == [
                    .init(printer: "office", queued: 1, oldestRequestedAt: Fixture.now)
                ])
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://x/y")], toJob: record.registration.job, at: Fixture.now
            )
            for print in try await outbox.documentPrints(of: record.id) {
                if print.machine.state == .queued { try await outbox.apply(.began, toDocumentPrint: print.seq) }
                try await outbox.apply(.lostContact(reason: "x", at: Fixture.now), toDocumentPrint: print.seq)
            }
            #expect(try await outbox.figures().failedPrints.map(\.count) == [2])
            let limits = PurgeLimits(receivedBefore: Fixture.now + 1, agedBefore: Fixture.now + 1)
            #expect(try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 9).purged == 1)
            let figures = try await outbox.figures()
            #expect(figures.prints.isEmpty && figures.failedPrints.isEmpty)
        }
    }

    @Test("a document that is on its way is not queued again, and may be once it is over")
    func once() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let first = try await ask("D1", of: "A", in: outbox)
            #expect(try await ask("D1", of: "A", in: outbox) == first)
            try await outbox.apply(.began, toDocumentPrint: first.seq)
            #expect(try await ask("D1", of: "A", in: outbox).machine.state == .printing)
            try await outbox.apply(.confirmed(.cups, at: Fixture.now), toDocumentPrint: first.seq)
            #expect(try await ask("D1", of: "A", in: outbox).id == 2)
        }
    }

    @Test("so many documents wait for a printer and no more; one that comes out makes room for another")
    func bounded() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            for number in 1...Outbox.mostDocumentPrints { _ = try await ask("D\(number)", of: "A", in: outbox) }
            let more = try #require(DocumentID("MORE"))
            func askForMore(on printer: String) async throws -> DocumentPrint? {
                try await outbox.printDocument(
                    more, of: Fixture.id("A"), pdf: Self.pdf, on: printer, at: Fixture.now)
            }
            #expect(try await askForMore(on: "office") == nil)
            #expect(try await outbox.queuedDocumentPrints(on: "office") == Outbox.mostDocumentPrints)
            let first = try #require(try await outbox.documentPrints(of: Fixture.id("A")).first)
            try await outbox.apply(.began, toDocumentPrint: first.seq)
            #expect(try await askForMore(on: "office")?.machine.state == .queued)
            #expect(try await outbox.queuedPrints() == ["front": 1, "office": Outbox.mostDocumentPrints])
        }
    }

    @Test("a queued print is cancelled with its bytes, and nobody misses it; a begun one is not cancelled")
    func cancelled() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            let (first, second) = (try await ask("D1", of: "A", in: outbox), try await ask("D2", of: "A", in: outbox))
            let cancelled = try await outbox.cancelPrint(
                ofDocument: first.document, of: first.sale, at: Fixture.now + 1)
            #expect(cancelled.machine.state == .cancelled && cancelled.machine.finishedAt == Fixture.now + 1)
            #expect(try await bytes(of: first, in: outbox) == nil)
            #expect(try await outbox.figures().failedPrints.isEmpty)
            try await outbox.apply(.began, toDocumentPrint: second.seq)
            for (document, code) in [
                (first.document, OutboxError.Code.conflict), (second.document, .conflict),
                (try #require(DocumentID("D3")), .notFound),
            ] {
                let refused = await #expect(throws: OutboxError.self) {
                    try await outbox.cancelPrint(ofDocument: document, of: first.sale, at: Fixture.now)
                }
                #expect(refused?.code == code, "\(document)")
            }
        }
    }

    @Test("one that ends badly is missed until the same document comes out or somebody acknowledges it")
    func missed() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("A"))
            func end(_ document: String, _ event: PrintMachine.Event) async throws {
                let print = try await ask(document, of: "A", in: outbox)
                if case .failed = event {} else { try await outbox.apply(.began, toDocumentPrint: print.seq) }
                try await outbox.apply(event, toDocumentPrint: print.seq)
            }
            try await end("D1", .failed(reason: "too late", at: Fixture.now + 1))
            try await end("D2", .lostContact(reason: "gone", at: Fixture.now + 2))
            let missed = try #require(try await outbox.figures().failedPrints.first)
            #expect(missed.printer == "office" && (missed.count, missed.documents) == (2, 2))
            #expect(missed.since == Fixture.now + 1 && missed.reason == "gone")
            #expect(missed.sales.map(\.text) == ["A", "A"])
            try await end("D1", .confirmed(.cups, at: Fixture.now + 3))
            let left = try #require(try await outbox.figures().failedPrints.first)
            #expect(left.count == 1)
            // What was shown is acknowledged, and no more.
            try await end("D3", .failed(reason: "too late", at: Fixture.now + 4))
            try await outbox.acknowledge(left)
            #expect(try await outbox.figures().failedPrints.map(\.reason) == ["too late"])
        }
    }

    @Test("the way of a document is told in the order of the commits")
    func told() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await outbox.accepted(Fixture.sale("A"))
            let changes = Mutex<[String]>([])
            outbox.changes.observe { told in
                changes.withLock { list in
                    list += told.map { change in
                        guard case .documentPrint(let print) = change, print.sale == sale.id else {
                            return "\(change)"
                        }
                        return "\(print.machine.state) \(print.machine.error ?? "-")"
                    }
                }
            }
            let print = try await ask("D1", of: "A", in: outbox)
            for event: PrintMachine.Event in [
                .began, .heldUp(reason: "no paper"), .wentOn, .confirmed(.cups, at: Fixture.now),
            ] { try await outbox.apply(event, toDocumentPrint: print.seq) }
            #expect(
                changes.withLock(\.self) == ["queued -", "printing -", "printing no paper", "printing -", "printed -"])
        }
    }
}
