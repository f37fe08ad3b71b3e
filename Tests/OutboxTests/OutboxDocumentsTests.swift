import Foundation
import GRDB
import Journey
import Sales
import Synchronization
import TestOutbox
import Testing

@testable import Outbox

/// Documents, the stream that tells of them, and their files.
@Suite struct OutboxDocumentsTests {
    private static let registered: [JobMachine.Event] = [.attemptBegan, .begun(), .done(result: "https://x/y")]
    private static let start = StreamRequest(bytes: Array("from".utf8), context: "then")

    private func document(
        _ id: String, of sale: String, sequence: Int = 1, readiedAt: Date? = Fixture.now
    ) throws -> ProvidedDocument {
        ProvidedDocument(
            id: try #require(DocumentID(id)), transactionID: sale, sequence: sequence, isReady: true,
            readiedAt: readiedAt,
            sizes: DocumentSizes(pdf: 107_229, xml: 12_942))
    }

    private func find(_ id: String, in outbox: Outbox) async throws -> SaleDocument? {
        let id = try #require(DocumentID(id))
        return try await outbox.document(id)
    }

    /// A sale that is registered.
    @discardableResult
    private func register(_ id: String, in outbox: Outbox, receivedAt: Date = Fixture.now) async throws -> SaleRecord {
        let record = try await outbox.accepted(Fixture.sale(id, receivedAt: receivedAt, printer: nil))
        try await outbox.apply(Self.registered, toJob: record.registration.job, at: receivedAt)
        return record
    }

    private func documentJobs(_ outbox: Outbox, at now: Date = Fixture.now, most: Int = 9) async throws -> [JobRecord] {
        var limits = JobLimits(all: 9)
        (limits.streams, limits.files) = (most, most)
        return try await outbox.beginJobs(of: .slime, at: now, within: limits).filter(\.kind.isAboutDocuments)
    }

    /// A stream that runs, and its job.
    private func stream(in outbox: Outbox) async throws -> Int64 {
        try await outbox.beginStream(of: .slime, with: Self.start, at: Fixture.now)
        return try #require(try await documentJobs(outbox).first { $0.kind == .documentStream }).seq
    }

    private func part(_ documents: [ProvidedDocument], unreadable: Int = 0, next: String = "token") -> StreamPart {
        StreamPart(
            documents: documents, unreadable: unreadable,
            next: StreamRequest(bytes: Array(next.utf8), context: "later"), due: Fixture.now + 60)
    }

    @Test("a part brings its sale's documents and moves the stream on, in one commit")
    func part() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            let count = try await outbox.keep(
                part([document("A-D1", of: "A"), document("A-D2", of: "A", sequence: 2, readiedAt: nil)]), ofJob: seq,
                at: Fixture.now)
            #expect(count == StreamCount(new: 2))
            let documents = try await outbox.sale(sale.id).documents
            #expect(documents.map(\.id.text) == ["A-D1", "A-D2"])
            #expect(documents.map(\.readiedAt) == [Fixture.now, nil])
            #expect(documents.first?.sizes == DocumentSizes(pdf: 107_229, xml: 12_942))
            #expect(documents.allSatisfy { !$0.isArchived })
            #expect(try await documentJobs(outbox, at: Fixture.now + 59).isEmpty)
            let next = try #require(try await documentJobs(outbox, at: Fixture.now + 60).first)
            #expect((next.seq, next.request, next.context) == (seq, Array("token".utf8), "later"))
            #expect(next.machine.attempts == 1 && next.machine.lastError == nil)
        }
    }

    @Test("what is known already comes again without any change, and the stream rests longer for it")
    func replay() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            _ = try await outbox.keep(part([document("A-D1", of: "A")]), ofJob: seq, at: Fixture.now)
            let before = try await outbox.sale(sale.id)
            let told = Mutex<[OutboxChange]>([])
            outbox.changes.observe { changes in told.withLock { $0 += changes } }
            let again = StreamPart(
                documents: [try document("A-D1", of: "A", sequence: 7)], next: Self.start, due: Fixture.now,
                dueWithoutNews: Fixture.now + 5)
            #expect(try await outbox.keep(again, ofJob: seq, at: Fixture.now) == StreamCount())
            #expect(try await outbox.sale(sale.id) == before)
            #expect(told.withLock(\.self).isEmpty)
            #expect(try await outbox.nextJobDue(of: .slime, after: Fixture.now) == Fixture.now + 5)
        }
    }

    @Test("documents of other stores' sales are counted and passed over, and so are those that cannot be read")
    func strangers() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            let documents = try [
                document("X-D1", of: "X"), document("A-D1", of: "A"), document("Y-D1", of: "no id, but a sentence"),
            ]
            let count = try await outbox.keep(part(documents, unreadable: 3), ofJob: seq, at: Fixture.now)
            #expect(count == StreamCount(new: 1, strange: 2))
            #expect(try await find("X-D1", in: outbox) == nil)
            try outbox.close()
            outbox = try Outbox(path: path)
            #expect(try await outbox.figures().documents == DocumentFigures(passedOver: 5))
            _ = try await outbox.keep(part([], unreadable: 1), ofJob: seq, at: Fixture.now)
            #expect(try await outbox.figures().documents.passedOver == 6)
            try outbox.close()
        }
    }

    @Test("of a part whose job is gone nothing is kept")
    func whole() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            try await outbox.write { db, _ in try db.execute(sql: "DELETE FROM job WHERE seq = ?", arguments: [seq]) }
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.keep(part([document("A-D1", of: "A")], unreadable: 1), ofJob: seq, at: Fixture.now)
            }
            #expect(error?.code == .notFound)
            #expect(try await outbox.sale(sale.id).documents.isEmpty)
            #expect(try await outbox.figures().documents.passedOver == 0)
        }
    }

    @Test("a document that becomes known is told, and whoever waits for its sale is woken")
    func told() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            let told = Mutex<[OutboxChange]>([])
            outbox.changes.observe { changes in told.withLock { $0 += changes } }
            var ticks = outbox.changes.ticks(of: .sale(sale.id)).makeAsyncIterator()
            _ = try await outbox.keep(part([document("A-D1", of: "A")]), ofJob: seq, at: Fixture.now)
            #expect(await ticks.next() != nil)
            let known = try #require(try await outbox.sale(sale.id).documents.first)
            #expect(told.withLock(\.self) == [.document(sale.id, known)])
        }
    }

    @Test("a stream begins once a sale is registered, from the earliest date; it pauses and goes on where it stood")
    func state() async throws {
        try await withOutbox { outbox, _ in
            #expect(try await outbox.streamState(of: .slime) == .notBegun(firstSale: nil))
            let first = try await outbox.accepted(Fixture.sale("A", printer: nil))
            #expect(try await outbox.streamState(of: .slime) == .notBegun(firstSale: nil))
            try await outbox.apply(Self.registered, toJob: first.registration.job, at: Fixture.now)
            // The first sale was dated by a clock that ran ahead.
            try await register("B", in: outbox, receivedAt: Fixture.now - 500)
            #expect(try await outbox.streamState(of: .slime) == .notBegun(firstSale: Fixture.now - 500))
            let seq = try await stream(in: outbox)
            #expect(try await outbox.streamState(of: .slime) == .running)
            #expect(
                try await outbox.streamState(of: ServiceName(rawValue: "other"))
                    == .notBegun(firstSale: Fixture.now - 500))
            _ = try await outbox.keep(part([]), ofJob: seq, at: Fixture.now)
            try await outbox.pauseStream(of: .slime)
            #expect(try await outbox.streamState(of: .slime) == .paused)
            #expect(try await documentJobs(outbox, at: .distantFuture).isEmpty)
            #expect(try await outbox.nextJobDue(of: .slime, after: Fixture.now) == nil)
            #expect(try await outbox.makeDue(.slime, putOffBeyond: .distantPast, at: Fixture.now) == 0)
            try await outbox.resumeStream(of: .slime, at: Fixture.now + 9)
            let again = try #require(try await documentJobs(outbox, at: Fixture.now + 9).first)
            #expect((again.seq, again.request) == (seq, Array("token".utf8)))
        }
    }

    @Test("documents go after every sale that is due, however many there are, and are no backlog of theirs")
    func line() async throws {
        try await withOutbox { outbox, _ in
            try await register("A", in: outbox)
            try await outbox.beginStream(of: .slime, with: Self.start, at: Fixture.now - 900)
            for number in 1...30 {
                _ = try await outbox.accepted(Fixture.sale("OLD-\(number)", receivedAt: Fixture.now - 60))
            }
            var limits = JobLimits(all: 40, spool: 36, backlog: 28)
            (limits.streams, limits.files) = (1, 2)
            let full = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: limits)
            #expect(full.count == 28 && full.allSatisfy { $0.kind == .registration })
            limits.excluding = Set(full.map(\.seq))
            limits.backlog = 0
            #expect(try await outbox.beginJobs(of: .slime, at: Fixture.now, within: limits).isEmpty)
            limits.backlog = 3
            let rest = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: limits)
            #expect(rest.map(\.kind) == [.registration, .registration, .documentStream])
            #expect(rest.last?.priority(at: Fixture.now) == .documents)
            #expect(try await outbox.pendingCount(of: .slime, atMost: 99) == 30)
            #expect(try await outbox.figures().pending(of: .slime) == 30)
            #expect(try await outbox.owesOrdinaryJobs(.slime))
        }
    }

    @Test("each file of a known document is asked for once; its job is gone when it is archived")
    func files() async throws {
        try await withOutbox { outbox, _ in
            let sale = try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            _ = try await outbox.keep(
                part([document("A/D1", of: "A"), document("A/D2", of: "A", sequence: 2)]), ofJob: seq, at: Fixture.now)
            #expect(try await outbox.askForFiles(of: ServiceName(rawValue: "other"), at: Fixture.now, atMost: 9) == 0)
            #expect(try await outbox.askForFiles(of: .slime, at: Fixture.now, atMost: 1) == 1)
            #expect(try await outbox.askForFiles(of: .slime, at: Fixture.now, atMost: 9) == 1)
            #expect(try await outbox.askForFiles(of: .slime, at: Fixture.now, atMost: 9) == 0)
            #expect(try await outbox.owesFiles(.slime, moreThan: 3, at: Fixture.now))
            #expect(try await !outbox.owesFiles(.slime, moreThan: 4, at: Fixture.now))
            let jobs = try await documentJobs(outbox)
            #expect(Set(jobs.map(\.key)) == ["A/D1.pdf", "A/D1.xml", "A/D2.pdf", "A/D2.xml"])
            #expect(jobs.allSatisfy { $0.kind == .documentFile && $0.saleSeq == sale.seq && $0.request.isEmpty })
            #expect(try await outbox.figures(isArchiving: true).documents.unarchived == 2)
            let told = Mutex<[OutboxChange]>([])
            outbox.changes.observe { changes in told.withLock { $0 += changes } }
            for job in jobs.filter({ $0.key.hasPrefix("A/D1") }) { try await outbox.fileArchived(job: job.seq) }
            let first = try #require(try await find("A/D1", in: outbox))
            #expect(first.sale == sale.id && first.record.isArchived)
            #expect(told.withLock(\.self) == [.document(sale.id, first.record)])
            #expect(try await outbox.sale(sale.id).documents.map(\.isArchived) == [true, false])
            let figures = try await outbox.figures(isArchiving: true).documents
            #expect(figures == DocumentFigures(passedOver: 0, unarchived: 1, oldestUnarchived: Fixture.now))
            #expect(try await outbox.figures().documents == DocumentFigures())
            #expect(try await documentJobs(outbox).map(\.key).sorted() == ["A/D2.pdf", "A/D2.xml"])
            let error = await #expect(throws: OutboxError.self) { try await outbox.fileArchived(job: jobs[0].seq) }
            #expect(error?.code == .notFound)
        }
    }

    @Test("the stream waits behind none of its files, however long they have been due")
    func streamFirst() async throws {
        try await withOutbox { outbox, _ in
            try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            let documents = try (1...20).map { try document("A/D\($0)", of: "A", sequence: $0) }
            _ = try await outbox.keep(part(documents), ofJob: seq, at: Fixture.now)
            #expect(try await outbox.askForFiles(of: .slime, at: Fixture.now - 600, atMost: 50) == 20)
            var limits = JobLimits(all: 9)
            (limits.streams, limits.files) = (1, 2)
            let begun = try await outbox.beginJobs(of: .slime, at: Fixture.now + 600, within: limits)
            #expect(begun.map(\.kind) == [.documentStream, .documentFile, .documentFile])
        }
    }

    @Test("files that no archive wants are dropped, a few at a time, and asked for again once one does")
    func dropped() async throws {
        try await withOutbox { outbox, _ in
            try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            let documents = try (1...3).map { try document("D\($0)", of: "A", sequence: $0) }
            _ = try await outbox.keep(part(documents), ofJob: seq, at: Fixture.now)
            _ = try await outbox.askForFiles(of: .slime, at: Fixture.now, atMost: 9)
            let pdf = try #require(try await documentJobs(outbox).first { $0.key == "D2.pdf" })
            try await outbox.fileArchived(job: pdf.seq)
            #expect(try await outbox.dropFileJobs(of: .slime, atMost: 4))
            #expect(try await !outbox.dropFileJobs(of: .slime, atMost: 4))
            #expect(try await documentJobs(outbox).isEmpty)
            #expect(try await outbox.askForFiles(of: .slime, at: Fixture.now, atMost: 9) == 3)
            #expect(
                Set(try await documentJobs(outbox).map(\.key)) == ["D1.pdf", "D1.xml", "D2.xml", "D3.pdf", "D3.xml"])
        }
    }

    @Test("a sale goes with its documents and with files that the archive never got")
    func purged() async throws {
        try await withOutbox { outbox, _ in
            try await register("A", in: outbox)
            let seq = try await stream(in: outbox)
            _ = try await outbox.keep(part([document("D1", of: "A")]), ofJob: seq, at: Fixture.now)
            _ = try await outbox.askForFiles(of: .slime, at: Fixture.now, atMost: 9)
            let limits = PurgeLimits(receivedBefore: Fixture.now + 1, agedBefore: Fixture.now + 1)
            #expect(try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 9).purged == 1)
            let left = try await outbox.read { db in
                try ["document", "job WHERE kind = 'document_file'", "job"].map {
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")
                }
            }
            #expect(left == [0, 0, 1])
        }
    }
}
