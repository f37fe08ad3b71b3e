import Foundation
import Journey
import Monitoring
import Outbox
import Sales
import TestRuntime
import Testing

@testable import Gateway

/// A machine whose clock is known to be wrong takes no sale, and tells no till that the till is at fault.
@Suite(.timeLimit(.minutes(1))) struct WrongClockTests {
    private static let year: TimeInterval = 365 * 86_400
    private static let quiet = #","receipt":{"print":false}"#

    /// A sale that a till with a right clock settles now.
    private func sale(_ id: String, at time: Date, quantity: String = "8") -> [UInt8] {
        Array(
            """
            {"transaction_id":"\(id)","document":{"issued_at":"\(time.formatted(.iso8601))","line_items":[
            {"name":"x","unit_price":"15","quantity":"\(quantity)","vatable":true}]}\(Self.quiet)}
            """.utf8)
    }

    private func sales(of shop: Shop, _ clocks: ClockMonitor) throws -> SaleOperations {
        SaleOperations(
            outbox: shop.outbox, providers: shop.sales.providers,
            configuration: GatewayConfiguration(saleDefaults: try Shop.defaults(), routing: shop.sales.routing),
            environment: GatewayEnvironment(clock: shop.time.clock, clockMonitor: clocks))
    }

    private func refusal(_ body: () async throws -> Void) async -> OperationError? {
        do {
            try await body()
            return nil
        } catch { return error as? OperationError }
    }

    @Test("three years behind the release: 503 with the reason, not 422; what is wrong with a sale is still told")
    func beforeRelease() async throws {
        try await Shop.open(.nobody) { shop in
            let right = shop.time.now
            let sales = try sales(of: shop, shop.time.watch(released: right - 30 * 86_400))
            let known = sale("KNOWN", at: right)
            #expect(try await sales.accept(known, from: .till("test")).isNew)
            shop.time.set(by: -3 * Self.year)
            let refused = await refusal { _ = try await sales.accept(sale("NEW", at: right), from: .till("test")) }
            guard case .unavailable(let words, let pause, _)? = refused else {
                Issue.record("expected .unavailable, found \(String(describing: refused))")
                return
            }
            #expect(words.contains("this machine's clock is wrong") && words.contains("was released on"))
            #expect(pause == .seconds(15))
            #expect(sales.hindrance == words)
            #expect(try await !sales.accept(known, from: .till("test")).isNew)
            let invalid = await refusal {
                _ = try await sales.accept(sale("BAD", at: right, quantity: "-1"), from: .till("test"))
            }
            guard case .invalid? = invalid else {
                Issue.record("expected .invalid, found \(String(describing: invalid))")
                return
            }
            // NTP cannot bear out a time before the release.
            shop.time.isSynchronised = true
            #expect(sales.hindrance != nil)
            shop.time.set(by: 3 * Self.year)
            #expect(sales.hindrance == nil)
            #expect(try await sales.accept(sale("NEW", at: right), from: .spool).isNew)
        }
    }

    @Test("behind what the outbox holds: refused beyond some minutes, taken again by itself when the time has come")
    func behindNewestSale() async throws {
        try await Shop.open(.nobody) { shop in
            // Ahead for an hour, then set right: nobody has said so, and no network either.
            shop.time.set(by: 3_600)
            try await shop.sell("AHEAD", extra: Self.quiet)
            shop.time.set(by: -3_600)
            let refused = await refusal { try await shop.sell("A", extra: Self.quiet) }
            guard case .unavailable(let words, _, _)? = refused else {
                Issue.record("expected .unavailable, found \(String(describing: refused))")
                return
            }
            #expect(words.contains("the newest sale was received at"))
            shop.time.advance(by: 3_300)
            try await shop.sell("A", extra: Self.quiet)
            // The clock is held against that one from now on.
            shop.time.set(by: -299)
            try await shop.sell("B", extra: Self.quiet)
        }
    }

    @Test(
        "years ahead and set right: whoever bears the clock out, NTP or staff, lets sales in again",
        arguments: [true, false])
    func wayOut(byNTP: Bool) async throws {
        try await Shop.open(.nobody) { shop in
            shop.time.set(by: 6 * Self.year)
            try await shop.sell("AHEAD", extra: Self.quiet)
            shop.time.set(by: -6 * Self.year)
            #expect(await refusal { try await shop.sell("A", extra: Self.quiet) } != nil)
            if byNTP { shop.time.isSynchronised = true } else { shop.clocks.vouch() }
            try await shop.sell("A", extra: Self.quiet)
            // It holds when NTP is away again: the newest sale has a right date now.
            shop.time.isSynchronised = false
            try await shop.sell("B", extra: Self.quiet)
            #expect(shop.sales.hindrance == nil)
        }
    }

    @Test("a till that dates its sale ahead is at fault where the clock is not")
    func tillAhead() async throws {
        try await Shop.open(.nobody) { shop in
            let tomorrow = shop.time.now + 86_400 + 60
            let refused = await refusal { _ = try await shop.sales.accept(sale("A", at: tomorrow), from: .spool) }
            guard case .invalid(let faults)? = refused else {
                Issue.record("expected .invalid, found \(String(describing: refused))")
                return
            }
            #expect(faults.map(\.pointer) == ["/document/issued_at"])
            // Where staff vouch for a clock that is behind the newest sale, the newest sale still tells the latest time.
            shop.time.set(by: 86_400)
            try await shop.sell("AHEAD", extra: Self.quiet)
            shop.time.set(by: -86_400)
            shop.clocks.vouch()
            #expect(try await shop.sales.accept(sale("B", at: tomorrow), from: .spool).isNew)
        }
    }
}
