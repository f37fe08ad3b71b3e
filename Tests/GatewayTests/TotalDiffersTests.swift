import Foundation
import Gateway
import Journey
import Logging
import Monitoring
import Outbox
import Sales
import Simulators
import TestRuntime
import Testing

@Suite(.timeLimit(.minutes(1))) struct TotalDiffersTests {
    /// Ten times 0.335, rounded line by line as the shop is configured: 3.40. The simulated Slime adds them up exactly.
    private static let halves: [UInt8] = {
        let line = #"{"name":"x","unit_price":"0.335","quantity":"1","vatable":true}"#
        let lines = Array(repeating: line, count: 10).joined(separator: ",")
        return Array(
            #"{"transaction_id":"HALVES","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[\#(lines)]}}"#
                .utf8)
    }()

    @Test("a total that differs at Slime rejects nothing, and is counted, logged and told until somebody has seen it")
    func differs() async throws {
        let book = LogBook()
        try await Shop.open(.jobWorker, logger: book.logger) { shop in
            let halves = try await shop.sales.accept(Self.halves, from: .till("test")).view.record.id
            let view = try await shop.sale(halves) { $0.registrationState == .ready }
            #expect(view.record.totals.total.plain == "3.40")
            await shop.slime.inject(.init(.tradeValue("99999.125"), times: 1))
            let other = try await shop.sale(shop.sell("OTHER")) { $0.registrationState == .ready }

            let incidents = try await shop.outbox.figures().incidents
            #expect(incidents.map(\.code) == ["total-differs"])
            #expect(incidents.map(\.count) == [2])
            #expect(incidents.first?.reason == "OTHER: 99,999.125 at Slime, 120.00 on paper")
            let lines = book.all.filter { $0.text.hasPrefix("total differs") }
            #expect(lines.map(\.level) == [.warning, .warning])
            #expect(lines.first?.text == "total differs reason=HALVES: 3.35 at Slime, 3.40 on paper sale.id=HALVES")
            let link = try #require(other.record.registration.link)
            #expect(!book.all.contains { $0.text.contains(link) })
            let metrics = await shop.metrics.text()
            #expect(metrics.contains(#"kamkap_totals_compared_total{outcome="differs"} 2"#))

            try await shop.outbox.acknowledge(incidents)
            #expect(try await shop.outbox.figures().incidents.isEmpty)
        }
    }

    @Test("our total, our total without VAT, and no total at all are no reason for an alarm")
    func agrees() async throws {
        try await Shop.open(.jobWorker) { shop in
            // 120.00 with 7.85 of VAT in it.
            for (number, value) in ["120.0", "120", "112.15", nil].enumerated() {
                await shop.slime.inject(.init(.tradeValue(value), times: 1))
                _ = try await shop.sale(shop.sell("A-\(number)")) { $0.registrationState == .ready }
            }
            #expect(try await shop.outbox.figures().incidents.isEmpty)
            let metrics = await shop.metrics.text()
            for told in [#""equal"} 2"#, #""without-vat"} 1"#, #""untold"} 1"#, #""differs"} 0"#] {
                #expect(metrics.contains("kamkap_totals_compared_total{outcome=\(told)"), "\(told)")
            }
        }
    }

    @Test("what is no amount is told, and not repeated")
    func unreadable() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.tradeValue("https://somewhere.example/?secret"), times: 1))
            _ = try await shop.sale(shop.sell("A")) { $0.registrationState == .ready }
            let incidents = try await shop.outbox.figures().incidents
            #expect(incidents.map(\.reason) == ["A: no amount at Slime, 120.00 on paper"])
        }
    }

    @Test("a sale is counted once, when it gets its link, however often it was asked for")
    func once() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.serviceURL(nil), times: 1))
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.record.registration.lastError?.code == "Gateway::NoServiceURL" }
            #expect(try await shop.outbox.figures().incidents.isEmpty)
            await shop.slime.inject(.init(.tradeValue("1.00"), times: 1))
            shop.time.advance(by: 5)
            _ = try await shop.sale(id) { $0.registrationState == .ready }
            #expect(try await shop.outbox.figures().incidents.map(\.count) == [1])
        }
    }
}
