import Foundation
import GRDB
import JSON
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

@Suite(.timeLimit(.minutes(2))) struct RecoveryTests {
    @Test("a database that is whole comes back whole")
    func whole() async throws {
        try await RecoveryFixture.withDatabase { it in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: it.path))
            let (report, sales) = try await RecoveryFixture.recover(it)
            RecoveryFixture.expectSame(sales, it.before)
            #expect(report.unreadRows == 0 && report.missingSales == 0 && report.lostPages == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: it.path)) == bytes)
        }
    }

    @Test("without its header, its schema or the roots of its tables, every sale comes back")
    func roots() async throws {
        for damage in [Damage.headerZeroed, .schemaZeroed, .rootZeroed, .indexLost] {
            try await RecoveryFixture.withDatabase { it in
                try damage.strike(it.path)
                let (report, sales) = try await RecoveryFixture.recover(it)
                RecoveryFixture.expectSame(sales, it.before)
                #expect(report.missingSales == 0)
            }
        }
    }

    @Test("of a file that was cut short, what lies before the cut comes back", arguments: [25, 50, 75, 95])
    func truncated(percent: Int) async throws {
        try await RecoveryFixture.withDatabase { it in
            // The roots of all tables and indexes stand at its beginning.
            let roots = try await DatabaseQueue(path: it.path).read { db in
                try Int.fetchOne(db, sql: "SELECT max(rootpage) * 4096 FROM sqlite_schema") ?? 0
            }
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: it.path))
            let size = Int(try file.seekToEnd())
            try file.truncate(atOffset: UInt64(roots + (size - roots) * percent / 100 + 100))
            let (report, sales) = try await RecoveryFixture.recover(it)
            #expect(sales.count < it.before.count)
            // The file is filled from its beginning, but for the prints and the indexes.
            #expect(sales.count >= it.before.count * (percent - 20) / 100)
            #expect(report.sales > 0)
        }
    }

    @Test("pages of zeros cost the sales that lay on them, and no others", arguments: [1, 2, 3])
    func zeroedPages(seed: UInt64) async throws {
        try await RecoveryFixture.withDatabase { it in
            var random = SeededNumbers(seed)
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: it.path))
            let pages = Int(try file.seekToEnd()) / 4_096
            for _ in 0..<pages / 10 {
                try file.overwrite(Data(count: 4_096), at: Int.random(in: 0..<pages, using: &random) * 4_096)
            }
            let (report, sales) = try await RecoveryFixture.recover(it)
            #expect(sales.count > it.before.count / 2)
            #expect(report.sales + report.missingSales + report.unreadSales.count >= sales.count)
        }
    }

    @Test(
        "flipped bits cost the rows that they hit; a text that stands there once is all that can be wrong unseen",
        arguments: [11, 12, 13, 14])
    func flippedBits(seed: UInt64) async throws {
        try await RecoveryFixture.withDatabase { it in
            var random = SeededNumbers(seed)
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: it.path))
            let size = Int(try file.seekToEnd())
            for _ in 0..<60 {
                let place = Int.random(in: 0..<size, using: &random)
                try file.seek(toOffset: UInt64(place))
                let byte = try #require(try file.read(upToCount: 1)?.first)
                try file.overwrite(Data([byte ^ (1 << UInt8.random(in: 0..<8, using: &random))]), at: place)
            }
            let report = try Recovery.run(from: it.path, to: it.target, under: RecoveryFixture.terms)
            let outbox = try Outbox(path: it.target)
            let sales = try await RecoveryFixture.contents(of: outbox)
            // What was sold, for how much and to whom it is owed is as it was, or the sale is left out.
            for (id, sale) in sales {
                let before = try #require(it.before[id])
                // Without its request, the texts of a sale stand there once.
                let isSame = sale.event == before.event || sale.isToSendAgain
                #expect(isSame, "\(id)")
                #expect(sale.record.totals == before.record.totals)
                #expect(sale.terms == before.terms)
                #expect(
                    sale.isToSendAgain || sale.record.registration.state == before.record.registration.state)
                #expect(sale.isToSendAgain || sale.request == before.request)
            }
            #expect(sales.count > it.before.count / 2)
            #expect(report.sales == sales.count)
            try outbox.close()
        }
    }

    @Test("of a sale that is found twice, the one that got further is taken")
    func twins() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            let record = try await outbox.accepted(Fixture.sale("A"))
            try outbox.close()
            let stale = try Data(contentsOf: URL(fileURLWithPath: path))
            outbox = try Outbox(path: path)
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://app.example/1")], toJob: record.registration.job,
                at: Fixture.now)
            try outbox.close()
            let fresh = try Data(contentsOf: URL(fileURLWithPath: path))
            // The pages as they were before, behind and then before those of today.
            for (number, bytes) in [fresh + stale, stale + fresh].enumerated() {
                let file = folder.appendingPathComponent("twins-\(number)")
                try bytes.write(to: file)
                let report = try Recovery.run(
                    from: file.path, to: file.path + ".recovered", under: RecoveryTerms(provider: .slime))
                #expect((report.sales, report.prints, report.pending) == (1, 1, 0))
                #expect(report.unreadRows == 0)
            }
        }
    }

    @Test("a sale whose rounding rule is not the one that its totals, or its own words, were made by is left out")
    func otherRule() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            // Ten lines of 0.335: 3.40 and 3.35. One of 120 is the same in both, but that sale names its rule.
            let event = try Fixture.event("THIRDS", price: "0.041875", lines: 10, rounding: .line)
            let named = Array(
                """
                {"transaction_id":"NAMED","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
                {"name":"x","unit_price":"15","quantity":"8","vatable":true}]},"receipt":{"rounding_rule":"line"}}
                """.utf8)
            let decoder = SaleDecoder(defaults: try Fixture.defaults())
            for event in [event, try decoder.decode(named, receivedAt: Fixture.now)] {
                let data: JSONObject = [
                    "transaction_id": .string(event.sale.id.text), "document": try #require(event.event["document"]),
                ]
                _ = try await outbox.accepted(
                    Fixture.sale(event, request: JSONValue.object(data).bytes, printer: nil))
            }
            try outbox.close()
            #expect(try Recovery.run(from: path, to: path + ".whole", under: RecoveryFixture.terms).sales == 2)
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "UPDATE sale SET rounding = 'total'") }
            try queue.close()
            let report = try Recovery.run(from: path, to: path + ".recovered", under: RecoveryFixture.terms)
            #expect(report.sales == 0)
            #expect(report.unreadSales.sorted() == ["NAMED", "THIRDS"])
        }
    }

    @Test(
        "a sale whose registration is gone comes back for a person to send again; one that its request contradicts does not"
    )
    func lostRegistration() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            try await RecoveryFixture.fill(outbox, count: 4)
            try outbox.close()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { db in
                try db.execute(sql: "DELETE FROM job WHERE sale_seq = 2")
                try db.execute(sql: "UPDATE job SET request = CAST('{\"document\":{}}' AS BLOB) WHERE sale_seq = 4")
            }
            try queue.close()
            let report = try Recovery.run(from: path, to: path + ".recovered", under: RecoveryFixture.terms)
            #expect((report.sales, report.lostRegistrations, report.unreadRows) == (3, 1, 1))
            #expect(report.toSendAgain == ["S-1"] && report.unreadSales == ["S-3"])
            let recovered = try Outbox(path: path + ".recovered")
            let lost = try await recovered.sale(Fixture.id("S-1")).registration
            #expect((lost.state, lost.provider) == (.rejected, .slime))
            #expect(lost.lastError?.message.contains("kamkap retry S-1") == true)
            // It may have been registered before: what the provider has under this key is ours.
            _ = try await recovered.retry(
                Fixture.id("S-1"), with: Fixture.job("S-1", request: [7]), at: Fixture.now)
            let job = try #require(
                try await recovered.beginJobs(
                    of: .slime, at: Fixture.now, within: JobLimits(all: 9)
                ).first { $0.key == "S-1" })
            #expect(job.request == [7] && job.machine.mayHaveActed)
            try recovered.close()
        }
    }

    @Test("a second recovery keeps a sale whose request the first one did not find")
    func twice() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            try await RecoveryFixture.fill(outbox, count: 4)
            try outbox.close()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "DELETE FROM job WHERE sale_seq = 2") }
            try queue.close()
            let (once, again) = (path + ".once", path + ".again")
            _ = try Recovery.run(from: path, to: once, under: RecoveryFixture.terms)
            let report = try Recovery.run(from: once, to: again, under: RecoveryFixture.terms)
            #expect((report.sales, report.unreadRows, report.missingSales) == (4, 0, 0))
            #expect(report.unreadSales.isEmpty)
            func contents(of path: String) async throws -> [String: RecoveryFixture.Content] {
                let outbox = try Outbox(path: path)
                defer { try? outbox.close() }
                return try await RecoveryFixture.contents(of: outbox)
            }
            let kept = try await contents(of: again)
            RecoveryFixture.expectSame(kept, try await contents(of: once))
            #expect(kept["S-1"]?.isToSendAgain == true)
        }
    }

    @Test(
        "documents come back with their sale, and which folder they are in; the stream begins again, and files that are missing are asked for again"
    )
    func documents() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            try await RecoveryFixture.fill(outbox, count: 4)
            try await outbox.beginStream(
                of: .slime, with: StreamRequest(bytes: [1], context: nil), at: Fixture.now)
            let stream = try #require(try await due(outbox).first).seq
            let documents = try (1...2).map { number in
                ProvidedDocument(
                    id: try #require(DocumentID("S-1D\(number)")), transactionID: "S-1", sequence: number, isReady: true
                )
            }
            _ = try await outbox.keep(
                StreamPart(documents: documents, next: StreamRequest(bytes: [2], context: "x"), due: .distantFuture),
                ofJob: stream, at: Fixture.now)
            _ = try await outbox.askForFiles(of: .slime, at: Fixture.now, atMost: 9)
            let pdf = try #require(try await due(outbox).first { $0.key == "S-1D1.pdf" })
            try await outbox.fileArchived(job: pdf.seq)
            _ = try await outbox.printDocument(
                documents[0].id, of: Fixture.id("S-1"), pdf: [1], on: "office", at: Fixture.now)
            let before = try await outbox.sale(Fixture.id("S-1")).documents
            let mark = UUID().uuidString
            try await outbox.setArchive(mark, in: "/mnt/documents")
            try outbox.close()
            let report = try Recovery.run(from: path, to: path + ".recovered", under: RecoveryFixture.terms)
            #expect(report.sales == 4 && report.unreadRows == 0 && report.toSendAgain.isEmpty)
            let recovered = try Outbox(path: path + ".recovered")
            #expect(try await recovered.sale(Fixture.id("S-1")).documents == before)
            #expect(try await due(recovered).isEmpty)
            #expect(try await recovered.streamState(of: .slime) == .notBegun(firstSale: Fixture.now))
            #expect(try await recovered.askForFiles(of: .slime, at: Fixture.now, atMost: 9) == 2)
            #expect(Set(try await due(recovered).map(\.key)) == ["S-1D1.xml", "S-1D2.pdf", "S-1D2.xml"])
            #expect(try await recovered.archive(in: "/mnt/documents") == mark)
            try recovered.close()
        }
    }

    /// Jobs about documents.
    private func due(_ outbox: Outbox) async throws -> [JobRecord] {
        var limits = JobLimits(all: 9)
        (limits.streams, limits.files) = (9, 9)
        return try await outbox.beginJobs(of: .slime, at: Fixture.now + 9, within: limits)
            .filter(\.kind.isAboutDocuments)
    }

    @Test("nothing comes of what was no database, and one of another version is refused")
    func nothing() async throws {
        try await withTemporaryFolder { folder in
            let text = folder.appendingPathComponent("text")
            try Data(String(repeating: "\u{0d}no database\n", count: 2_000).utf8).write(to: text)
            let report = try Recovery.run(from: text.path, to: text.path + ".recovered", under: RecoveryFixture.terms)
            #expect(report.sales == 0)
            let missing = #expect(throws: OutboxError.self) {
                try Recovery.run(from: "/nowhere/x", to: text.path + ".other", under: RecoveryFixture.terms)
            }
            #expect(missing?.code == .cannotOpen)
        }
        for (migration, code) in [
            ("99 from the future", OutboxError.Code.newerSchema),
            ("1 sales, prints, account, incidents, clock", .olderSchema),
        ] {
            try await RecoveryFixture.withDatabase { it in
                let queue = try DatabaseQueue(path: it.path)
                try await queue.write { db in
                    try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [migration])
                }
                try queue.close()
                let error = #expect(throws: OutboxError.self) {
                    try Recovery.run(from: it.path, to: it.target, under: RecoveryFixture.terms)
                }
                #expect(error?.code == code)
            }
        }
    }
}
