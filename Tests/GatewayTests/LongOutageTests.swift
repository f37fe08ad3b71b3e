import Foundation
import Gateway
import Journey
import Outbox
import Sales
import Simulators
import Slime
import TestRuntime
import Testing

/// Three days without Slime, on a clock that the test turns, and that shows the wrong day for a part of them.
@Suite(.timeLimit(.minutes(10))) struct LongOutageTests {
    /// More by hand: `KAMKAP_OUTAGE_SALES=20000 swift test --filter LongOutageTests`.
    private static let sales = ProcessInfo.processInfo.environment["KAMKAP_OUTAGE_SALES"].flatMap { Int($0) } ?? 900
    private static let day: TimeInterval = 86_400

    @Test("every sale of three days is registered once when Slime is back, but for the one that it refuses")
    func threeDays() async throws {
        try await Shop.open(.jobWorker, concurrency: 8) { shop in
            await shop.slime.inject(.init(.exception(code: "SchemaViolation", message: "no"), transactionID: "S-7"))
            await shop.slime.inject(.init(.unavailable(status: 503)))
            let ticks = shop.outbox.changes.ticks()
            // NTP sets it right: else no sale would be taken after that.
            shop.time.isSynchronised = true
            for number in 1...Self.sales {
                try await shop.sell("S-\(number)", extra: #","receipt":{"print":false}"#)
                shop.time.advance(by: 3 * Self.day / Double(Self.sales))
                // A day ahead for the middle third of the time.
                if number == Self.sales / 3 { shop.time.set(by: Self.day) }
                if number == Self.sales * 2 / 3 { shop.time.set(by: -Self.day) }
            }
            #expect(try await shop.outbox.pendingCount(of: .slime, atMost: 100_000) > Self.sales - 2)
            await shop.slime.clearFaults()
            await shop.slime.inject(.init(.exception(code: "SchemaViolation", message: "no"), transactionID: "S-7"))
            // The clock is three days from Slime's own; it goes on only as far as a sale, or the next probe, is put off.
            try await shop.time.turning {
                for await _ in ticks where try await shop.outbox.pendingCount(of: .slime, atMost: 1) == 0 { break }
            }
            let transactions = await shop.slime.transactions()
            #expect(transactions.count == Self.sales - 1)
            #expect(Set(transactions.map(\.id)).count == Self.sales - 1)
            #expect(try await shop.outbox.sales(registration: .rejected, limit: 10).map(\.id.text) == ["S-7"])
            #expect(try await shop.outbox.account(of: .slime) == .up)
        }
    }
}
