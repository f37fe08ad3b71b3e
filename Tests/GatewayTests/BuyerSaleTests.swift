import Foundation
import Gateway
import JSON
import Journey
import Outbox
import Receipts
import Sales
import Simulators
import TestRuntime
import Testing

/// Sales with a buyer, from the till to Slime and, where Slime refuses the buyer, through staff's hands.
@Suite(.timeLimit(.minutes(1))) struct BuyerSaleTests {
    private static let invoice = "simple-transaction/initiate-with-tax-invoice"
    private static let stub = "simple-transaction/initiate-with-tax-invoice-stub"
    private static let address = #""address":{"house_number":"99/1","tambon_id":"103301","post_code":"10110"}"#
    private static let buyer = #"{"name":"สมชาย ใจดี","national_id":"1111111111119",\#(address)}"#
    private static let company = #"{"name":"บริษัท ก จำกัด","tax_id":"0105561000003",\#(address)}"#

    private func object(_ json: String) throws -> JSONObject {
        guard case .object(let object) = try JSONParser.parse(Array(json.utf8)) else { throw FixtureError() }
        return object
    }

    /// A sale whose buyer Slime has refused.
    private func refused(_ code: String = "Buyer::CheckDigitFailed", in shop: Shop) async throws -> SaleView {
        await shop.slime.inject(
            .init(.exception(code: code, message: "สมชาย ใจดี 1111111111119"), subject: Self.invoice, times: 1))
        let id = try await shop.sell("A", extra: #","buyer":\#(Self.buyer)"#)
        return try await shop.sale(id) { $0.registrationState == .rejected }
    }

    /// The faults of a retry with this change.
    private func faults(_ shop: Shop, _ id: TransactionID, _ change: BuyerChange) async -> [String]? {
        let error = await #expect(throws: OperationError.self) {
            try await shop.sales.retry(id, SaleRetry(changing: change))
        }
        guard case .invalidRequest(let faults)? = error else { return nil }
        return faults.map(\.pointer)
    }

    @Test("a buyer that Slime refuses rejects this sale alone, and what is kept of it does not say who it is")
    func refusal() async throws {
        try await Shop.open(.jobWorker) { shop in
            let view = try await refused(in: shop)
            #expect(view.record.documentType == .taxInvoice)
            let error = try #require(view.lastError)
            #expect(error.code == "Buyer::CheckDigitFailed")
            #expect(error.message.contains("ผู้ซื้อ") && error.message.contains("--without-buyer"))
            #expect(!error.message.contains("สมชาย") && !error.message.contains("1111111111119"))
            let next = try await shop.sell("NEXT")
            #expect(try await shop.sale(next) { $0.registrationState != .pending }.registrationState == .ready)
            #expect(try await shop.outbox.account(of: .slime) == .up)
        }
    }

    @Test("without its buyer it is registered as any other sale, by another call, and the event stays as it came")
    func withoutBuyer() async throws {
        try await Shop.open(.jobWorker) { shop in
            let id = try await refused(in: shop).record.id
            let retried = try await shop.sales.retry(id, SaleRetry(changing: .removed))
            #expect(retried.record.documentType == .taxInvoiceStub)
            let view = try await shop.sale(id) { $0.registrationState == .ready }
            #expect(view.record.documentType == .taxInvoiceStub)
            #expect(
                await shop.slime.calls().filter { $0.transactionID == "A" }.map(\.subject).prefix(2) == [
                    Self.invoice, Self.stub,
                ])
            let sent = String(decoding: try #require(await shop.slime.transaction("A")).data, as: UTF8.self)
            #expect(!sent.contains("buyer"))
            // The till sends it again.
            let again = try await shop.sales.accept(
                Array(
                    """
                    {"transaction_id":"A","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
                    {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":true}]},"buyer":\(Self.buyer)}
                    """.utf8), from: .till("test"))
            #expect(!again.isNew && again.view.record.documentType == .taxInvoiceStub)
        }
    }

    @Test("another buyer takes the place of the refused one, and a plain retry later keeps it")
    func otherBuyer() async throws {
        try await Shop.open(.jobWorker) { shop in
            let id = try await refused("Buyer::InvalidEmail", in: shop).record.id
            await shop.slime.inject(
                .init(.exception(code: "Buyer::NotBornYet", message: nil), subject: Self.invoice, times: 1))
            _ = try await shop.sales.retry(id, SaleRetry(changing: .replaced(object(Self.company))))
            _ = try await shop.sale(id) { $0.lastError?.code == "Buyer::NotBornYet" }
            _ = try await shop.sales.retry(id)
            let view = try await shop.sale(id) { $0.registrationState == .ready }
            #expect(view.record.documentType == .taxInvoice)
            let sent = String(decoding: try #require(await shop.slime.transaction("A")).data, as: UTF8.self)
            #expect(sent.contains("บริษัท ก จำกัด") && !sent.contains("สมชาย"))
            let kept = try await shop.outbox.kept(id)
            #expect(try Shop.papers().sale(kept).buyer?.name == "บริษัท ก จำกัด")
            #expect(await faults(shop, id, .removed) == nil)
        }
    }

    @Test("what is wrong with the new buyer is told with its place, and nothing is sent")
    func wrongBuyer() async throws {
        try await Shop.open(.jobWorker) { shop in
            let id = try await refused(in: shop).record.id
            let wrong = Self.company.replacing("0105561000003", with: "0000000000000").replacing(
                "103301", with: "999999")
            #expect(
                await faults(shop, id, .replaced(try object(wrong))) == ["/buyer/tax_id", "/buyer/address/tambon_id"])
            #expect(try await shop.sales.sale(id).registrationState == .rejected)
        }
    }

    @Test("a sale that was handed in without a buyer gets none: its paper is an abbreviated tax invoice")
    func neverHadOne() async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(.init(.exception(code: "SchemaViolation", message: nil), times: 1))
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.registrationState == .rejected }
            #expect(await faults(shop, id, .replaced(try object(Self.company))) == ["/buyer"])
            #expect(await faults(shop, id, .removed) == ["/without_buyer"])
        }
    }

    @Test("another buyer never takes for its own what may have been made for the first")
    func mayBeMade() async throws {
        try await Shop.open(.jobWorker) { shop in
            // The answer is lost; then the account is refused, and a person gives another buyer.
            await shop.slime.inject(.init(.loseAnswerAfterActing, subject: Self.invoice, times: 1))
            let id = try await shop.sell("A", extra: #","buyer":\#(Self.buyer)"#)
            _ = try await shop.sale(id) { $0.record.registration.machine.mayHaveActed }
            await shop.slime.inject(
                .init(.exception(code: "Fund::InsufficientBalance", message: nil), subject: Self.invoice))
            _ = try await shop.time.turning { try await shop.sale(id) { $0.registrationState == .held } }
            _ = try await shop.sale(id) { !$0.record.registration.machine.hasOpenAttempt }
            _ = try await shop.sales.retry(id, SaleRetry(changing: .replaced(object(Self.company))))
            // Not before: a probe under way would find the first buyer's.
            await shop.slime.clearFaults()
            let view = try await shop.time.turning { try await shop.sale(id) { $0.registrationState == .rejected } }
            #expect(view.lastError?.code == "Trade::Initiated")
        }
    }

    @Test("a thousand lines and a buyer come through like any other sale")
    func thousandLines() async throws {
        try await Shop.open(.jobWorker) { shop in
            let line = #"{"name":"🍜","unit_price":"1","quantity":"1","vatable":true}"#
            let text = """
                {"transaction_id":"A","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
                \(Array(repeating: line, count: 1_000).joined(separator: ","))]},"buyer":\(Self.company)}
                """
            let id = try await shop.sales.accept(Array(text.utf8), from: .till("test")).view.record.id
            #expect(try await shop.sale(id) { $0.registrationState == .ready }.record.totals.total.plain == "1000.00")
        }
    }
}
