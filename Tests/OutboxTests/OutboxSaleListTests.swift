import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxSaleListTests {
    @Test(
        "any combination of filters lists what a plain filter lets through, newest first, page by page",
        arguments: [nil, .pending, .ready, .rejected] as [SaleRegistration.State?], [true, false])
    func combinations(state: SaleRegistration.State?, isHurried: Bool) async throws {
        try await withRandomSales { outbox, sales in
            // In a hurry a page ends wherever the search is by then.
            let limits = isHurried ? SaleSearch.Limits(jumps: 7, turns: 2) : SaleSearch.Limits()
            var dice = SplitMix(state: 12)
            for filter in Self.filters(with: state) {
                let expected = sales.filter { $0.passes(filter) }
                let limit = Int.random(in: 1...60, using: &dice)
                try await expectPages(of: filter, limit: limit, from: nil, within: limits, in: outbox, expected)
                // From anywhere: a cursor of another filter's list.
                let seq = Int64.random(in: 1...Int64(sales.count), using: &dice)
                try await expectPages(of: filter, limit: limit, from: seq, within: limits, in: outbox, expected)
            }
        }
    }

    /// Follows a list, but not all of a long one.
    private func expectPages(
        of filter: SaleFilter, limit: Int, from start: Int64?, within limits: SaleSearch.Limits, in outbox: Outbox,
        _ sales: [RandomSale]
    ) async throws {
        let expected = sales.filter { $0.seq < start ?? .max }.map(\.seq)
        var found: [Int64] = []
        var next = start
        while found.count < 100 {
            let page = try await outbox.sales(filter, before: next, limit: limit, within: limits)
            #expect(page.sales.count <= limit)
            found += page.sales.map(\.seq)
            if let last = next, let next = page.next { #expect(next < last, "each page goes on") }
            next = page.next
            if next == nil { break }
        }
        #expect(found == (next == nil ? expected : Array(expected.prefix(found.count))), "\(filter)")
    }

    @Test("without hurry a page holds as many sales as are asked for, and says whether the list goes on")
    func wholePages() async throws {
        try await withRandomSales { outbox, sales in
            for filter in Self.filters(with: nil) + Self.filters(with: .ready) {
                let count = sales.count { $0.passes(filter) }
                for limit in [1, 20, max(1, count)] {
                    let page = try await outbox.sales(filter, limit: limit)
                    #expect(page.sales.count == min(limit, count), "\(filter)")
                    #expect((page.next != nil) == (count > limit), "\(filter), \(limit) of \(count)")
                }
            }
        }
    }

    @Test("a sale is found by what its paper says: its own number or its id, its till, its day in Thailand")
    func paper() async throws {
        try await withOutbox { outbox, _ in
            let tills: [(id: String, number: String?, terminal: String?)] = [
                ("A", "0001234", "POS-01"), ("B", "0001234", "POS-02"), ("C", nil, "POS-01"), ("A2", "a", nil),
            ]
            let times = ["19T23:59:59", "20T00:00:00", "20T23:59:59", "21T00:00:00"]
            for (till, time) in zip(tills, times) {
                _ = try await outbox.accepted(
                    Self.sale(till.id, number: till.number, terminal: till.terminal, issued: "2026-11-\(time)+07:00"))
            }
            func ids(_ filter: SaleFilter) async throws -> String {
                try await outbox.sales(filter, limit: 10).sales.map(\.id.text).joined(separator: " ")
            }
            #expect(try await ids(SaleFilter(number: "0001234")) == "B A")
            #expect(try await ids(SaleFilter(number: "C")) == "C")
            #expect(try await ids(SaleFilter(number: "A")) == "", "A has another number on its paper")
            #expect(try await ids(SaleFilter(number: "1234")) == "")
            #expect(try await ids(SaleFilter(terminalID: "POS-01")) == "C A")
            #expect(try await ids(SaleFilter(terminalID: "pos-01")) == "")
            let day = BangkokDay("2026-11-20")
            #expect(try await ids(SaleFilter(from: day, to: day)) == "C B")
            #expect(try await ids(SaleFilter(from: day)) == "A2 C B")
            #expect(try await ids(SaleFilter(to: day)) == "C B A")
            #expect(try await ids(SaleFilter(number: "0001234", terminalID: "POS-02", from: day, to: day)) == "B")
            #expect(try await ids(SaleFilter(registration: .ready, number: "0001234")) == "")
        }
    }

    @Test("pages that follow each other neither skip nor repeat a sale, whatever arrives meanwhile")
    func arrivals() async throws {
        try await withOutbox { outbox, _ in
            let filter = SaleFilter(terminalID: "POS-01", from: BangkokDay("2026-11-19"), to: BangkokDay("2026-11-20"))
            for number in 1...6 {
                _ = try await outbox.accepted(
                    Self.sale(
                        "S-\(number)", terminal: "POS-01", issued: "2026-11-\(18 + number % 2 + 1)T10:15:00+07:00"))
            }
            var seen: [String] = []
            var next: Int64?
            for number in 1...4 {
                let page = try await outbox.sales(filter, before: next, limit: 2)
                seen += page.sales.map(\.id.text)
                next = page.next
                if next == nil { break }
                // One on time, and one of a till that was offline for a day.
                for (id, day) in [("NEW-\(number)", 20), ("LATE-\(number)", 19)] {
                    _ = try await outbox.accepted(
                        Self.sale(id, terminal: "POS-01", issued: "2026-11-\(day)T09:00:00+07:00"))
                }
            }
            #expect(seen == ["S-6", "S-5", "S-4", "S-3", "S-2", "S-1"])
            #expect(next == nil)
            let again = try await outbox.sales(filter, limit: 4)
            #expect(again.sales.map(\.id.text) == ["LATE-2", "NEW-2", "LATE-1", "NEW-1"])
        }
    }

    @Test("a sale that arrives late is found on its day, and nothing is found there once it is purged")
    func late() async throws {
        try await withOutbox { outbox, _ in
            func ids(_ from: String, _ to: String) async throws -> [String] {
                let filter = SaleFilter(from: BangkokDay(from), to: BangkokDay(to))
                return try await outbox.sales(filter, limit: 10).sales.map(\.id.text)
            }
            _ = try await outbox.accepted(Self.sale("FIRST", terminal: nil, issued: "2026-11-21T09:00:00+07:00"))
            #expect(try await ids("2026-11-19", "2026-11-19") == [])
            let late = try await outbox.accepted(
                Self.sale("LATE", terminal: nil, issued: "2026-11-19T09:00:00+07:00"))
            // The newest sale is on another day, so the days have to be searched.
            _ = try await outbox.accepted(Self.sale("LAST", terminal: nil, issued: "2026-11-21T10:00:00+07:00"))
            #expect(try await ids("2026-11-19", "2026-11-19") == ["LATE"])
            #expect(try await ids("2026-11-01", "2026-11-20") == ["LATE"])
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://app.example/1")], toJob: late.registration.job,
                at: Fixture.now)
            let limits = PurgeLimits(receivedBefore: Fixture.now + 9, agedBefore: Fixture.now + 9)
            #expect(try await outbox.purgeSettled(limits, within: 60, after: 0, limit: 9).purged == 1)
            #expect(try await ids("2026-11-19", "2026-11-19") == [])
            #expect(try await ids("2026-11-19", "2026-11-21") == ["LAST", "FIRST"])
        }
    }

    @Test(
        "each filter goes down an index of its own, in the order of the list",
        arguments: [
            (SaleQueries.ofTerminal, "SEARCH sale USING COVERING INDEX sale_terminal (terminal_id=? AND rowid<?)"),
            (SaleQueries.ofNumber, "SEARCH sale USING INDEX sale_number (number=? AND rowid<?)"),
            (SaleQueries.ofIDAsNumber, "SEARCH sale USING INDEX sqlite_autoindex_sale_1 (transaction_id=?)"),
            (SaleQueries.ofDay, "SEARCH sale USING COVERING INDEX sale_day (issued_day=? AND rowid<?)"),
            (SaleQueries.ofRegistration, "SEARCH job USING INDEX job_registration (state=? AND sale_seq<?)"),
            (SaleQueries.all, "SEARCH sale USING INTEGER PRIMARY KEY (rowid<?)"),
        ])
    func plan(sql: String, expected: String) async throws {
        try await withOutbox { outbox, _ in
            let plan = try await outbox.read { db in
                try Row.fetchAll(
                    db, sql: "EXPLAIN QUERY PLAN \(sql)",
                    arguments: StatementArguments(Array(repeating: 1, count: sql.count { $0 == "?" }))
                ).map { $0["detail"] as String }
            }
            #expect(plan == [expected])
        }
    }
}

extension OutboxSaleListTests {
    /// Conditions that many sales meet, few, and none.
    static func filters(with state: SaleRegistration.State?) -> [SaleFilter] {
        let days: [(from: String?, to: String?)] = [
            (nil, nil), ("2026-11-20", "2026-11-20"), ("2026-11-15", nil), (nil, "2026-11-02"),
            ("2026-11-05", "2026-11-25"),
            ("2020-01-01", "2020-12-31"),
        ]
        return [nil, "0007", "S-1500", "0099"].flatMap { number in
            [nil, "POS-1", "POS-9", "NONE"].flatMap { terminal in
                days.map { days in
                    SaleFilter(
                        registration: state, number: number, terminalID: terminal,
                        from: days.from.flatMap { BangkokDay($0) }, to: days.to.flatMap { BangkokDay($0) })
                }
            }
        }
    }

    private static func sale(
        _ id: String, number: String? = nil, terminal: String?, issued: String
    ) throws -> NewSale {
        let text = """
            {"transaction_id":"\(id)","document":{"issued_at":"\(issued)","line_items":[
            {"name":"x","unit_price":"15","quantity":"8","vatable":true}]},
            "terminal_id":\(terminal.map { "\"\($0)\"" } ?? "null"),
            "receipt":{"number":\(number.map { "\"\($0)\"" } ?? "null")}}
            """
        let event = try SaleDecoder(defaults: Fixture.defaults()).decode(Array(text.utf8), receivedAt: Fixture.now)
        return Fixture.sale(event, request: [], printer: nil)
    }

    /// Some thousand sales of a month, the same at each run, as a list newest first. Most arrive on their day, some
    /// late, a few are dated anyhow.
    private func withRandomSales(_ body: (Outbox, [RandomSale]) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            try Outbox(path: path).close()
            var dice = SplitMix(state: 20_261_120)
            let sales = (1...3_000).map { RandomSale(Int64($0), using: &dice) }
            let queue = try DatabaseQueue(path: path)
            try await queue.write { db in for sale in sales { try sale.insert(into: db) } }
            try queue.close()
            let outbox = try Outbox(path: path)
            try await body(outbox, sales.reversed())
            try outbox.close()
        }
    }
}

private struct RandomSale {
    let seq: Int64
    let id: String
    let number: String
    let terminal: String?
    let issuedAt: Int64
    let state: SaleRegistration.State

    init(_ seq: Int64, using dice: inout SplitMix) {
        self.seq = seq
        id = "S-\(seq)"
        let digits = String(Int.random(in: 1...40, using: &dice))
        number = seq.isMultiple(of: 10) ? id : String(repeating: "0", count: 4 - digits.count) + digits
        let till = [nil, "POS-1", "POS-1", "POS-1", "POS-2", "POS-3"].randomElement(using: &dice) ?? nil
        terminal = Int.random(in: 0..<200, using: &dice) == 0 ? "POS-9" : till
        // A hundred sales a day from 1 November 2026 on, 00:00 in Thailand.
        var time = 1_793_466_000_000 + seq * 864_000
        switch Int.random(in: 0..<20, using: &dice) {
        case 0...3: time -= Int64.random(in: 1...200_000_000, using: &dice)
        case 4: time = Int64.random(in: -100_000_000_000...1_800_000_000_000, using: &dice)
        default: break
        }
        issuedAt = time
        state =
            switch Int.random(in: 0..<10, using: &dice) {
            case 0: .rejected
            case 1, 2: .pending
            default: .ready
            }
    }

    /// Days of 24 hours, counted from midnight in Thailand.
    private var issuedDay: Int { Int((Double(issuedAt + 25_200_000) / 86_400_000).rounded(.down)) }

    func passes(_ filter: SaleFilter) -> Bool {
        (filter.registration.map { $0 == state } ?? true) && (filter.number.map { $0 == number } ?? true)
            && (filter.terminalID.map { $0 == terminal } ?? true)
            && (filter.from.map { $0.number <= issuedDay } ?? true)
            && (filter.to.map { $0.number >= issuedDay } ?? true)
    }

    func insert(into db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO sale (
                    seq, transaction_id, terminal_id, number, source, received_at, aged_from, live_until, issued_at, issued_day,
                    vat_included, vat_rate, rounding, total, vatable, exempt, vat, document_type, event)
                VALUES (
                    ?, ?, ?, ?, 'x', 0, 0, 0, ?, ?, 1, '0.07', 'line', 1, 1, 0, 0, 'tax_invoice_stub', zeroblob(9))
                """
        ).execute(arguments: [seq, id, terminal, number, issuedAt, issuedDay])
        try db.cachedStatement(
            sql: """
                INSERT INTO job (sale_seq, kind, service, step, state, aged_from, live_until, request)
                VALUES (?, 'registration', 'slime', 'begin', ?, 0, 0, zeroblob(9))
                """
        ).execute(arguments: [seq, state.job.rawValue])
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
