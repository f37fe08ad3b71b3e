import Foundation
import Gateway
import Journey
import Logging
import Outbox
import Sales
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetentionTests {
    @Test("old settled sales are purged step by step, some minutes after the start and again a day later")
    func purges() async throws {
        try await Shop.open(.nobody) { shop in
            for id in ["OLD-A", "OLD-B"] { try await settle((0..<150).map { "\(id)-\($0)" }, in: shop) }
            let pending = try await shop.sell("PENDING")
            shop.time.advance(by: 40 * 86_400)
            try await settle(["YOUNG"], in: shop)
            let retention = Retention(
                outbox: shop.outbox, keep: .seconds(30 * 86_400), clock: shop.time.clock,
                logger: Logger(label: "retention") { _ in SwiftLogNoOpLogHandler() })
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await retention.run() }
                let begun = shop.time.now
                // Minute by minute: the clock stands in between, and so does the purge.
                while try await shop.outbox.sales(limit: 500).count > 2 {
                    shop.time.advance(by: 60)
                    try Task.checkCancellation()
                    await Task.yield()
                }
                #expect(shop.time.now.timeIntervalSince(begun) >= 300)
                #expect(try await shop.outbox.sale(pending).registration.state == .pending)
                #expect(try await shop.outbox.sales(limit: 9).map(\.id.text) == ["YOUNG", "PENDING"])
                // A day is a run: the young one has grown old by then.
                while try await shop.outbox.sales(limit: 500).count > 1 {
                    shop.time.advance(by: 86_400)
                    try Task.checkCancellation()
                    await Task.yield()
                }
                group.cancelAll()
            }
        }
    }

    @Test("a time under five years is warned of", arguments: [(1_825, true), (1_826, false), (5 * 366, false)])
    func warning(days: Int, isWarned: Bool) async throws {
        try await Shop.open(.nobody) { shop in
            let lines = LogLines()
            let retention = Retention(
                outbox: shop.outbox, keep: .seconds(days * 86_400), clock: shop.time.clock,
                logger: Logger(label: "retention") { _ in lines })
            let run = Task { try await retention.run() }
            run.cancel()
            _ = await run.result
            #expect(lines.messages.contains { $0.contains("five years") } == isWarned)
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
                    let new = NewSale(event: event, slimeData: [], receivedAt: now, liveUntil: now, printer: nil)
                    guard case .new(let record) = try await shop.outbox.accept(new) else { throw FixtureError() }
                    try await shop.outbox.apply(
                        [.attemptBegan, .initiated, .linked(serviceURL: "https://app.example/1")], to: record.seq,
                        at: now)
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Keeps what is logged.
private final class LogLines: LogHandler {
    private let lines = Mutex<[String]>([])
    var messages: [String] { lines.withLock(\.self) }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.MetadataValue? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { lines.withLock { $0.append("\(event.message)") } }
}
