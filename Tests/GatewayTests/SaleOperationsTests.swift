import Foundation
import Gateway
import Journey
import Logging
import Outbox
import Sales
import Simulators
import TestRuntime
import Testing

@Suite(.timeLimit(.minutes(1))) struct SaleOperationsTests {
    /// The same shop under another configuration.
    private func sales(
        _ shop: Shop, vatIncluded: Bool, rounding: RoundingRule = .line, printers: [String]
    ) throws -> SaleOperations {
        let terms = SaleTerms(
            vatIncluded: vatIncluded, vatRate: try Shop.defaults().terms.vatRate, rounding: rounding)
        guard let routing = PrinterRouting(printers.map { .init(printer: $0, terminals: []) }) else {
            throw FixtureError()
        }
        return SaleOperations(
            outbox: shop.outbox, providers: shop.sales.providers,
            configuration: GatewayConfiguration(
                saleDefaults: try Shop.defaults().replacing(terms: terms), routing: routing),
            environment: GatewayEnvironment(clock: shop.time.clock))
    }

    private func text(total: String) -> [UInt8] {
        Array(
            """
            {"transaction_id":"A","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"x","unit_price":"100","quantity":"1","vatable":true}]},
            "receipt":{"total":"\(total)","printer":"front"}}
            """.utf8)
    }

    @Test("the same sale is the same sale whatever the configuration says by now")
    func sameAfterChange() async throws {
        try await Shop.open(.nobody) { shop in
            _ = try await shop.sales.accept(text(total: "100"), from: .till("test"))
            let changed = try sales(shop, vatIncluded: false, printers: ["other"])
            let again = try await changed.accept(text(total: "100"), from: .till("test"))
            #expect(!again.isNew)
            #expect(again.view.record.totals.total.plain == "100.00")
            await #expect(throws: OperationError.self) {
                try await changed.accept(text(total: "107"), from: .till("test"))
            }
        }
    }

    @Test("a retry keeps the VAT terms that the paper was printed with")
    func retryKeepsTerms() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: "SchemaViolation", message: nil), times: 1))
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.registrationState == .rejected }
            _ = try await sales(shop, vatIncluded: false, printers: ["front"]).retry(id)
            _ = try await shop.sale(id) { $0.registrationState == .ready }
            let data = String(decoding: try #require(await shop.slime.transaction("A")).data, as: UTF8.self)
            #expect(data.contains(#""vat_included":true"#))
        }
    }

    /// Ten times 0.335: 3.40 line by line, 3.35 in all.
    private func thirds(_ id: String) -> [UInt8] {
        let line = #"{"name":"x","unit_price":"0.335","quantity":"1","vatable":true}"#
        let lines = Array(repeating: line, count: 10).joined(separator: ",")
        return Array(
            #"{"transaction_id":"\#(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[\#(lines)]}}"#
                .utf8)
    }

    @Test("a paper keeps the rounding rule that its sale was taken under, whatever is configured by then")
    func paperKeepsRule() async throws {
        try await Shop.open(.nobody) { shop in
            func paper(of id: TransactionID, configured: RoundingRule) async throws -> [UInt8] {
                let preview = PaperPreview(
                    outbox: shop.outbox, routing: shop.sales.routing,
                    stations: [try Shop.station("front", papers: try Shop.papers(rounding: configured))])
                return try await preview.paper(of: id).png()
            }
            var papers: [[UInt8]] = []
            for rule in RoundingRule.allCases {
                let taker = try sales(shop, vatIncluded: true, rounding: rule, printers: ["front"])
                let taken = try await taker.accept(thirds("A-\(rule)"), from: .till("test")).view.record
                #expect(taken.totals.total.plain == (rule == .line ? "3.40" : "3.35"))
                let original = try await paper(of: taken.id, configured: .line)
                #expect(try await paper(of: taken.id, configured: .total) == original)
                papers.append(original)
            }
            #expect(papers.first != papers.last)
        }
    }

    @Test("a retry keeps the rounding rule that the paper was printed with")
    func retryKeepsRule() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: "SchemaViolation", message: nil), times: 1))
            let id = try await shop.sales.accept(thirds("A"), from: .till("test")).view.record.id
            _ = try await shop.sale(id) { $0.registrationState == .rejected }
            let other = try sales(shop, vatIncluded: true, rounding: .total, printers: ["front"])
            #expect(try await other.retry(id).record.totals.total.plain == "3.40")
            #expect(try await shop.outbox.kept(id).terms.rounding == .line)
        }
    }

    @Test("a printer that is not configured is a fault of the sale, with its place")
    func unknownPrinter() async throws {
        try await Shop.open(.nobody) { shop in
            let error = await #expect(throws: OperationError.self) {
                try await shop.sell("A", extra: #","receipt":{"printer":"attic"}"#)
            }
            guard case .invalid(let faults)? = error else { throw FixtureError() }
            #expect(faults.map(\.pointer) == ["/receipt/printer"])
        }
    }
}
