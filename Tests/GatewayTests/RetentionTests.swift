import Foundation
import Journey
import Logging
import Monitoring
import Outbox
import Sales
import TestRuntime
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct RetentionTests {
    private static let day: TimeInterval = 86_400
    private static let keep: Duration = .seconds(30 * 86_400)

    private func ids(_ shop: Shop) async throws -> [String] { try await shop.outbox.sales(limit: 500).map(\.id.text) }

    /// Runs it beside the body.
    private func retaining(
        _ shop: Shop, log: LogBook = LogBook(), _ body: () async throws -> Void
    ) async throws {
        let retention = Retention(
            outbox: shop.outbox, keep: Self.keep, watch: shop.clocks, clock: shop.time.clock, logger: log.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await retention.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// Turns the clock from one waking to the next, for so long: whoever sleeps is woken as often as it asked for.
    private func turn(_ shop: Shop, by seconds: TimeInterval) async throws {
        let end = shop.time.now + seconds
        while shop.time.now < end { try await shop.time.advanceToNextWaking() }
    }

    @Test("old settled sales are purged step by step, an hour after the start and again a day later")
    func purges() async throws {
        try await Shop.open(.nobody) { shop in
            for id in ["OLD-A", "OLD-B"] { try await settle((0..<150).map { "\(id)-\($0)" }, in: shop) }
            let pending = try await shop.sell("PENDING")
            shop.time.advance(by: 40 * Self.day)
            try await settle(["YOUNG"], in: shop)
            shop.time.isSynchronised = true
            try await retaining(shop) {
                let begun = shop.time.now
                while try await ids(shop).count > 2 { try await shop.time.advanceToNextWaking() }
                #expect(shop.time.now.timeIntervalSince(begun) >= 3_600)
                #expect(try await shop.outbox.sale(pending).registration.state == .pending)
                #expect(try await ids(shop) == ["YOUNG", "PENDING"])
                // A day is a run: the young one has grown old by then. Trade goes on meanwhile.
                var number = 0
                while try await ids(shop).contains("YOUNG") {
                    number += 1
                    try await shop.sell("TODAY-\(number)")
                    try await shop.time.advanceToNextWaking()
                }
                #expect(shop.time.now.timeIntervalSince(begun) >= 30 * Self.day)
            }
        }
    }

    @Test(
        "a clock that jumps ahead purges nothing: not by itself, not with NTP's word, not after days",
        arguments: [
            (years: 6.0, isSynchronised: false), (6, true), (0.11, true), (-3, true),
        ])
    func jump(years: Double, isSynchronised: Bool) async throws {
        try await Shop.open(.nobody) { shop in
            try await settle(["A", "B"], in: shop)
            shop.time.isSynchronised = isSynchronised
            try await retaining(shop) {
                try await shop.time.advanceToNextWaking()
                shop.time.set(by: years * 365 * Self.day)
                // A sale of after the jump: it makes the newest sale as plausible as it can be.
                if years > 0 { try await shop.sell("AFTER") }
                try await turn(shop, by: 3 * Self.day)
                // They came at the same time, in any order.
                #expect(Set(try await ids(shop).suffix(2)) == ["A", "B"])
            }
        }
    }

    @Test("while nothing bears the clock out nothing is purged, and that is said once")
    func notBorneOut() async throws {
        try await Shop.open(.nobody) { shop in
            let log = LogBook()
            try await settle(["OLD"], in: shop)
            shop.time.advance(by: 40 * Self.day)
            try await settle(["YOUNG"], in: shop)
            try await retaining(shop, log: log) {
                try await turn(shop, by: 2 * Self.day)
                #expect(try await ids(shop) == ["YOUNG", "OLD"])
                #expect(
                    log.all.count { $0.text.hasPrefix("purge waits for a trusted clock") } == 1)
                shop.time.isSynchronised = true
                try await turn(shop, by: 3_700)
                #expect(try await ids(shop) == ["YOUNG"])
            }
        }
    }

    @Test("one run clears away a month's sales at most, the next day's the next")
    func span() async throws {
        try await Shop.open(.nobody) { shop in
            for number in 0..<10 {
                try await settle(["OLD-\(number)"], in: shop)
                shop.time.advance(by: 10 * Self.day)
            }
            shop.time.advance(by: 30 * Self.day)
            try await settle(["YOUNG"], in: shop)
            shop.time.isSynchronised = true
            try await retaining(shop) {
                try await turn(shop, by: 2 * 3_600)
                #expect(try await ids(shop).last == "OLD-4")
                try await turn(shop, by: Self.day)
                #expect(try await ids(shop).last == "OLD-8")
            }
        }
    }

    @Test("a time under five years is warned of", arguments: [(1_825, true), (1_826, false), (5 * 366, false)])
    func warning(days: Int, isWarned: Bool) async throws {
        try await Shop.open(.nobody) { shop in
            let log = LogBook()
            let retention = Retention(
                outbox: shop.outbox, keep: .seconds(days * 86_400), watch: shop.clocks, clock: shop.time.clock,
                logger: log.logger)
            let run = Task { try await retention.run() }
            run.cancel()
            _ = await run.result
            #expect(log.all.contains { $0.text.contains("five years") } == isWarned)
        }
    }

    /// Sales that owe nothing: registered, and nothing to print.
    private func settle(_ ids: [String], in shop: Shop) async throws {
        let decoder = SaleDecoder(defaults: try Shop.defaults())
        let now = shop.time.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in ids {
                group.addTask {
                    let text = """
                        {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
                        {"name":"x","unit_price":"15","quantity":"8","vatable":true}]}}
                        """
                    let event = try decoder.decode(kept: Array(text.utf8))
                    let new = NewSale(
                        event: event,
                        registration: NewJob(kind: .registration, service: .slime, key: id, request: []), printer: nil,
                        arrival: .init(from: "test", at: now, liveUntil: now))
                    guard case .new(let record) = try await shop.outbox.accept(new) else { throw FixtureError() }
                    try await shop.outbox.apply(
                        [.attemptBegan, .begun(), .done(result: "https://app.example/1")],
                        toJob: record.registration.job,
                        at: now)
                }
            }
            try await group.waitForAll()
        }
        // As the operations do for every sale that comes in.
        shop.clocks.observe(saleReceivedAt: shop.time.shown)
    }
}
