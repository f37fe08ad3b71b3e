import Foundation
import GRDB
import JSON
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

/// What the tests of recovery have in common: a database with sales in all states, and a look at what came back.
enum RecoveryFixture {
    /// What a sale is: everything that the outbox can tell of it.
    struct Content: Equatable {
        let record: SaleRecord
        let event: [UInt8]
        let terms: SaleTerms
        let request: Data

        /// Whether its registration was lost, so that a person has to send it again.
        var isToSendAgain: Bool { record.registration.lastError?.code == "Gateway::RequestLost" }
    }

    /// Sales in all states, small ones and some that fill several pages, as they stand in an outbox.
    static func fill(_ outbox: Outbox, count: Int, from first: Int = 0) async throws {
        for number in first..<first + count {
            let id = "S-\(number)"
            // Eight times 0.041875 is 0.335: of some of them the two rules make different totals.
            let event = try Fixture.event(
                id, price: number.isMultiple(of: 2) ? "15" : "0.041875", lines: number.isMultiple(of: 9) ? 50 : 1,
                rounding: number.isMultiple(of: 3) ? .total : .line)
            // What the provider is sent holds the same document.
            let data: JSONObject = ["transaction_id": .string(id), "document": try #require(event.event["document"])]
            let record = try await outbox.accepted(
                Fixture.sale(event, request: JSONValue.object(data).bytes, printer: "front"))
            switch number % 4 {
            case 0: break
            case 1:
                try await outbox.apply(
                    [.attemptBegan, .begun(), .done(result: "https://app.example/\(id)")],
                    toJob: record.registration.job,
                    at: Fixture.now)
                try await outbox.apply(.began, toPrint: try #require(record.original).seq, withQR: true)
                try await outbox.apply(
                    .confirmed(.processID, at: Fixture.now), toPrint: try #require(record.original).seq)
                _ = try await outbox.requestPrint(.copy, of: record.id, on: "front", at: Fixture.now)
            case 2:
                let failure = Failure(code: "SchemaViolation", message: "no", at: Fixture.now)
                try await outbox.apply(
                    [.attemptBegan, .rejected(failure)], toJob: record.registration.job, at: Fixture.now)
            default: try await outbox.apply([.attemptBegan], toJob: record.registration.job, at: Fixture.now)
            }
        }
    }

    static func contents(of outbox: Outbox) async throws -> [String: Content] {
        var contents: [String: Content] = [:]
        for record in try await outbox.sales(limit: 100_000) {
            let kept = try await outbox.kept(record.id)
            let data = try await outbox.read { db in
                try Data.fetchOne(db, sql: "SELECT request FROM job WHERE sale_seq = ?", arguments: [record.seq])
            }
            contents[record.id.text] = Content(
                record: record, event: kept.event, terms: kept.terms, request: try #require(data))
        }
        return contents
    }

    /// A damaged database, what stood in it before, and where the new one is to be.
    struct Case {
        let path: String
        let before: [String: Content]
        var target: String { path + ".recovered" }
    }

    static let count = 160

    /// What is sent has the sale's id and document.
    static let terms = RecoveryTerms(
        provider: .slime,
        proofs: [
            .slime: RequestProof { found in
                guard case .object(let data)? = try? JSONParser.parse(found.bytes) else { return false }
                return data["transaction_id"] == found.event["transaction_id"]
                    && data["document"] == found.event["document"]
            }
        ])

    /// Made once: the file's bytes when it was closed, and what stood in it.
    static let made = Task {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path)
            try await fill(outbox, count: count)
            let contents = try await contents(of: outbox)
            try outbox.close()
            return (bytes: try Data(contentsOf: URL(fileURLWithPath: path)), contents: contents)
        }
    }

    static func withDatabase(_ body: (Case) async throws -> Void) async throws {
        let made = try await Self.made.value
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try made.bytes.write(to: URL(fileURLWithPath: path))
            try await body(Case(path: path, before: made.contents))
        }
    }

    /// Recovers, and holds what came of it against what was there.
    ///
    /// - Parameter behind: sales whose last commit did not get to the disk.
    @discardableResult
    static func recover(_ it: Case, behind: Set<String> = []) async throws -> (
        report: RecoveryReport, sales: [String: Content]
    ) {
        let report = try Recovery.run(from: it.path, to: it.target, under: terms)
        let outbox = try Outbox(path: it.target)
        let sales = try await Self.contents(of: outbox)
        for (id, sale) in sales where !behind.contains(id) {
            let before = try #require(it.before[id])
            // Prints may be lost where the sale is not, and so may its registration.
            #expect(sale.record.prints.allSatisfy(before.record.prints.contains))
            let isSame = sale.event == before.event && sale.terms == before.terms
            #expect(isSame, "\(id)")
            let (now, then) = (sale.record, before.record)
            #expect((now.seq, now.totals, now.source) == (then.seq, then.totals, then.source))
            #expect((now.agedFrom, now.receivedAt) == (then.agedFrom, then.receivedAt))
            guard !sale.isToSendAgain else { continue }
            let isOwedAlike =
                sale.request == before.request && sale.record.registration == before.record.registration
            #expect(isOwedAlike, "\(id)")
        }
        let lost = sales.values.filter(\.isToSendAgain).map(\.record.id.text).sorted()
        #expect((report.lostRegistrations, report.toSendAgain.sorted()) == (lost.count, lost))
        #expect(report.sales == sales.count)
        #expect(report.pending == sales.values.count { $0.record.registration.state == .pending })
        #expect(report.prints == sales.values.reduce(0) { $0 + $1.record.prints.count })
        let integrity = try await outbox.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        #expect(integrity == "ok")
        // A new sale gets a number of its own.
        #expect(try await outbox.accepted(Fixture.sale("NEW")).seq > (sales.values.map(\.record.seq).max() ?? 0))
        try outbox.close()
        return (report, sales)
    }

    /// Says which sales differ, and not all that is in them.
    static func expectSame(_ found: [String: Content], _ expected: [String: Content]) {
        let different = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
        #expect(different.isEmpty)
    }
}

/// SplitMix64: the same numbers at every run.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
