import Foundation
import JSON
import Journey
import Outbox
import PrintQueue
import Receipts
import Sales
import Simulators
import TestRuntime
import Testing

@testable import Gateway

/// What staff have done about documents at Billgate.
@Suite(.timeLimit(.minutes(2))) struct BillgateStaffTests {
    private func refusal<Value>(_ work: () async throws(OperationError) -> Value) async throws -> OperationError {
        do { _ = try await work() } catch { return error }
        Issue.record("expected a refusal")
        throw FixtureError()
    }

    private func buyer(_ text: String = BillgateShop.company) throws -> JSONObject {
        guard case .object(let buyer) = try JSONParser.parse(Array(text.utf8)) else { throw FixtureError() }
        return buyer
    }

    @Test(
        "a sale that cannot be found among too many is not made again; a person adopts it, or has it made",
        arguments: [true, false])
    func unknownOutcome(isThere: Bool) async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            var leeway = BillgateSimulator.Leeway()
            leeway.listOrder = .shuffled
            // Chance must not show it on one of the pages that are read: only what was there before is listed.
            leeway.listLag = .seconds(1_000_000)
            try await billgate.setLeeway(leeway)
            await billgate.addForeignDocuments(6_000, overDays: 90)
            await billgate.advanceClock(by: .seconds(1_000_000))
            await billgate.inject(
                .init(isThere ? .loseAnswerAfterActing : .loseAnswerBeforeActing, operation: .createReceipt, times: 1))
            let id = try await shop.sell("A")
            let unknown = try await stage.settled(id)
            #expect(unknown.registrationState == .rejected)
            #expect(unknown.lastError?.code == "Gateway::OutcomeUnknown")
            #expect(unknown.record.registration.link == nil)
            let made = await billgate.documents(numbered: "A")
            #expect(made.count == (isThere ? 1 : 0))
            _ = try await shop.sales.retry(
                id, SaleRetry(isThere ? .adopting(documentID: try #require(made.first?.id)) : .anew))
            let ready = try await stage.settled(id)
            #expect(ready.registrationState == .ready)
            #expect(await billgate.madeByNumber(.receipt) == ["A": 1])
            let document = try #require(await billgate.documents(numbered: "A").first)
            #expect(ready.record.registration.link == (try await billgate.endpoint()) + document.linkPath)
            #expect(ready.record.registration.machine.remoteID == document.id)
        }
    }

    @Test("a mistyped document's id gives nobody's link, and that document is not withdrawn")
    func anothersDocument() async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            let stranger = try await shop.sell("B")
            let strangers = try #require(
                try await stage.settled(stranger).record.registration.machine.remoteID)
            await billgate.inject(.init(.refusal(status: 422, body: "{}"), operation: .createReceipt, times: 1))
            let id = try await shop.sell("A")
            #expect(try await stage.settled(id).registrationState == .rejected)
            let refused = try await shop.sales.retry(id, SaleRetry(.adopting(documentID: strangers)))
            #expect(refused.lastError?.code == "Billgate::AnotherDocument")
            #expect(refused.record.registration.link == nil)
            guard
                case .wrongState = try await refusal({ () throws(OperationError) in try await shop.sales.withdraw(id) })
            else { throw FixtureError() }
            #expect(await billgate.documents(numbered: "B").count == 1)
            // Its own is looked for, and made.
            _ = try await shop.sales.retry(id)
            #expect(try await stage.settled(id).registrationState == .ready)
            #expect(await billgate.madeByNumber(.receipt) == ["A": 1, "B": 1])
        }
    }

    @Test(
        "a mistyped id that no document has is told at once, and keeps nobody from a look or from another document",
        arguments: [true, false])
    func noSuchDocument(looks: Bool) async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            await billgate.inject(.init(.refusal(status: 422, body: "{}"), operation: .createReceipt, times: 1))
            let id = try await shop.sell("A")
            #expect(try await stage.settled(id).registrationState == .rejected)
            let typo = try await shop.sales.retry(id, SaleRetry(.adopting(documentID: "typo")))
            #expect(typo.registrationState == .rejected && typo.lastError?.code == "Billgate::NoSuchDocument")
            guard
                case .wrongState(let words) = try await refusal({ () throws(OperationError) in
                    try await shop.sales.withdraw(id)
                })
            else { throw FixtureError() }
            #expect(words.contains("nothing to withdraw"))
            _ = try await shop.sales.retry(id, SaleRetry(looks ? .again : .anew))
            #expect(try await stage.settled(id).registrationState == .ready)
            #expect(await billgate.madeByNumber(.receipt) == ["A": 1])
        }
    }

    @Test("what the provider does not accept is told beside the sale's own faults, as far as the sale can be read")
    func faults() async throws {
        try await BillgateShop.open(.nobody) { stage in
            func pointers(_ extra: String) async -> [String] {
                let error = await #expect(throws: OperationError.self) { try await stage.shop.sell("A", extra: extra) }
                guard case .invalid(let faults)? = error else { return [] }
                return faults.map(\.pointer)
            }
            let rate = #","customization":{"vat_rate":"0.10"}"#
            #expect(
                await pointers(rate + #","colour":"red","receipt":{"printer":"attic"}"#) == [
                    "/colour", "/customization/vat_rate", "/receipt/printer",
                ])
            // A buyer that is wrong is no buyer that is missing.
            let buyer = BillgateShop.company.replacing("0105561000003", with: "0105561000004")
            #expect(await pointers(#","due_on":"2026-12-20","buyer":\#(buyer)"#) == ["/buyer/tax_id"])
            #expect(await pointers(#","due_on":"2026-12-20""#) == ["/due_on"])
        }
    }

    @Test("a withdrawn document is gone at Billgate, and its link from the sale and from its copies")
    func withdrawal() async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            let id = try await shop.sell("A")
            let ready = try await stage.settled(id)
            #expect(ready.record.registration.link != nil)
            await billgate.inject(.init(.loseAnswerAfterActing, operation: .deleteReceiptById, times: 1))
            let asked = try await shop.time.turning { try await shop.sales.withdraw(id) }
            #expect(asked.record.registration.link == nil)
            let withdrawn = try await shop.time.turning {
                try await shop.sale(id) {
                    if case .done = $0.record.registration.withdrawal { true } else { false }
                }
            }
            #expect(withdrawn.registrationState == .ready && withdrawn.record.registration.link == nil)
            #expect(await billgate.documents(numbered: "A").isEmpty)
            // Asked for again, it is withdrawn already, and nothing is sent.
            let calls = await billgate.calls().count
            #expect(
                try await shop.sales.withdraw(id).record.registration.withdrawal
                    == withdrawn.record.registration.withdrawal)
            #expect(await billgate.calls().count == calls)
        }
    }

    @Test("a rejected sale whose document was withdrawn is made once more, and only then")
    func withdrawnAndSentAgain() async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            var leeway = BillgateSimulator.Leeway()
            leeway.total = .satangMore
            try await billgate.setLeeway(leeway)
            let id = try await shop.sell("A")
            let differs = try await stage.settled(id)
            #expect(differs.lastError?.code == "Billgate::TotalDiffers" && differs.record.registration.link == nil)
            _ = try await shop.time.turning { try await shop.sales.withdraw(id) }
            _ = try await shop.time.turning {
                try await shop.sale(id) { if case .done = $0.record.registration.withdrawal { true } else { false } }
            }
            try await billgate.setLeeway(BillgateSimulator.Leeway())
            _ = try await shop.sales.retry(id)
            #expect(try await stage.settled(id).registrationState == .ready)
            #expect(await billgate.documents(numbered: "A").count == 1)
            #expect(await billgate.madeByNumber(.receipt) == ["A": 2])
        }
    }

    @Test("a walk-in's tax invoice is made later, once, beside its receipt")
    func laterInvoice() async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            let company = try buyer()
            let id = try await shop.sell("A")
            let receipt = try #require(try await stage.settled(id).record.registration.link)
            await billgate.inject(.init(.loseAnswerAfterActing, operation: .createTaxInvoice, times: 1))
            let asked = try await shop.time.turning { try await shop.sales.makeInvoice(of: id, for: company) }
            #expect(asked.state == .pending)
            let made = try await stage.invoice(of: id)
            #expect(made.state == .ready && made.link != nil && made.link != receipt)
            #expect(await billgate.madeByNumber(.taxInvoice).values.map { $0 } == [1])
            let request = try #require(await billgate.documents(.taxInvoice).first?.request)
            let text = String(decoding: request, as: UTF8.self)
            #expect(text.contains("แทนใบกำกับภาษีอย่างย่อเลขที่") && text.contains("บริษัท ผู้ซื้อ จำกัด"))
            guard
                case .wrongState = try await refusal({ () throws(OperationError) in
                    try await shop.sales.makeInvoice(of: id, for: company)
                })
            else { throw FixtureError() }
            let after = try await shop.sales.sale(id)
            #expect(after.record.registration.link == receipt && after.invoice == made)
            let papers = try Shop.papers()
            #expect(papers.link(of: after.record.registration, after.record.invoice) == .replaced)
        }
    }

    @Test(
        "a later tax invoice that cannot be found among too many is adopted, or made by who has seen that there is none"
    )
    func laterInvoiceOfUnknownEnd() async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            let company = try buyer()
            let id = try await shop.sell("A")
            let receipt = try await stage.settled(id).record.registration.link
            var leeway = BillgateSimulator.Leeway()
            leeway.listOrder = .shuffled
            // Chance must not show it on one of the pages that are read: only what was there before is listed.
            leeway.listLag = .seconds(1_000_000)
            try await billgate.setLeeway(leeway)
            await billgate.addForeignDocuments(6_000, kind: .taxInvoice, overDays: 90)
            await billgate.advanceClock(by: .seconds(1_000_000))
            await billgate.inject(.init(.loseAnswerAfterActing, operation: .createTaxInvoice, times: 1))
            _ = try await shop.time.turning { try await shop.sales.makeInvoice(of: id, for: company) }
            let unknown = try await stage.invoice(of: id)
            #expect(unknown.state == .rejected && unknown.lastError?.code == "Gateway::OutcomeUnknown")
            #expect(unknown.lastError?.message.contains("kamkap tax-invoice") == true)
            let made = try #require(await billgate.documents(.taxInvoice).first { !$0.isForeign })
            _ = try await shop.time.turning {
                try await shop.sales.makeInvoice(of: id, for: company, .adopting(documentID: made.id))
            }
            let adopted = try await stage.invoice(of: id)
            #expect(adopted.state == .ready && adopted.documentID == made.id)
            #expect(await billgate.documents(.taxInvoice).count { !$0.isForeign } == 1)
            #expect(try await shop.sales.sale(id).record.registration.link == receipt)
            await billgate.advanceClock(by: .seconds(10))
            let listed = try await shop.gateway.documents.documents(of: id)
            #expect(listed.map(\.document.id.text).contains(made.id) && listed.count == 2)
            #expect(listed.map(\.document.isReady) == [true, true])
            let newest = try await shop.gateway.documents.file(.pdf, .latest, of: id)
            #expect(newest.starts(with: Array("%PDF-".utf8)))
        }
    }

    @Test("the PDF of a sale's document is fetched once Billgate has made it")
    func files() async throws {
        try await BillgateShop.open { stage in
            let (shop, billgate) = (stage.shop, stage.billgate)
            let id = try await shop.sell("A")
            let document = try #require(try await stage.settled(id).record.registration.machine.remoteID)
            guard
                case .notYet = try await refusal({ () throws(OperationError) in
                    try await shop.gateway.documents.file(.pdf, .latest, of: id)
                })
            else { throw FixtureError() }
            let early = try await shop.gateway.documents.documents(of: id)
            #expect(early.map(\.document.isReady) == [false])
            await billgate.advanceClock(by: .seconds(10))
            let file = try await shop.gateway.documents.file(.pdf, .latest, of: id)
            #expect(file.starts(with: Array("%PDF-".utf8)))
            let listed = try await shop.gateway.documents.documents(of: id)
            #expect(listed.map(\.document.id.text) == [document])
            #expect(listed.map(\.document.isReady) == [true])
            await billgate.inject(.init(.unavailable(status: 503), operation: .getReceiptById, times: 1))
            #expect(try await shop.gateway.documents.documents(of: id).map(\.document.isReady) == [false])
            #expect(try await shop.gateway.documents.documents(of: id).map(\.document.isReady) == [true])
            guard
                case .unsupported = try await refusal({ () throws(OperationError) in
                    try await shop.gateway.documents.file(.xml, .latest, of: id)
                })
            else { throw FixtureError() }
        }
    }

    @Test("what Slime does by its own page, or cannot do, is refused there")
    func notAtSlime() async throws {
        try await Shop.open(.jobWorker) { shop in
            let id = try await shop.sell("A")
            _ = try await shop.sale(id) { $0.registrationState == .ready }
            let company = try buyer()
            for refused in [
                try await refusal({ () throws(OperationError) in try await shop.sales.withdraw(id) }),
                try await refusal({ () throws(OperationError) in try await shop.sales.makeInvoice(of: id, for: company)
                }),
            ] {
                guard case .unsupported = refused else { throw FixtureError() }
            }
        }
    }
}
