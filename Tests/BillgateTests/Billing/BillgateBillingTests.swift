import JSON
import RemoteServices
import Sales
import Simulators
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(2))) struct BillgateBillingTests {
    private func call(_ operation: BillingOperation, _ id: String? = nil, _ body: String? = nil) throws -> BillingCall {
        BillingCall(operation, id: id, body: try body.map { try Fixture.object($0) })
    }

    /// Checks a call, as whoever sends it does first.
    private func perform(_ call: BillingCall, at service: BillgateService) async throws -> BillingAnswer {
        let faults = try await service.faults(of: call)
        #expect(faults == [])
        return try await service.perform(call)
    }

    private func add(_ book: BillingBook, _ body: String, to service: BillgateService) async throws -> String {
        try #require(try await perform(try call(.add(book), nil, body), at: service).id)
    }

    @Test("every operation of the page can be sent, and arrives as that operation")
    func everyOperation() async throws {
        try await withBillgate { billgate, service in
            try await service.checkAuthorization()
            let customer = try await add(.customers, PageExamples.customer, to: service)
            let template = try await add(.templates, PageExamples.template, to: service)
            let ids: [BillingBook: String] = [
                .customers: customer, .templates: template,
                .recurring: try await add(
                    .recurring, PageExamples.recurring(template: template, customer: customer), to: service),
                .bills: try await add(.bills, PageExamples.invoice, to: service),
                .receipts: try await add(.receipts, PageExamples.receipt, to: service),
                .taxInvoices: try await add(.taxInvoices, PageExamples.taxInvoice, to: service),
            ]
            for book in BillingBook.allCases {
                let id = try #require(ids[book])
                let page = try await service.page(BillingCall(.list(book)))
                #expect(page.entries.count == 1 && page.total == 1 && page.next == nil)
                let shown = try await perform(BillingCall(.show(book), id: id), at: service)
                #expect(shown.json.text("id") == id)
            }
            let bill = try #require(ids[.bills])
            try await billgate.setStatus(.pendingApproval, ofInvoice: bill)
            _ = try await perform(try call(.declinePayment, bill, PageExamples.decline), at: service)
            _ = try await perform(try call(.confirmPayment, bill, PageExamples.paid), at: service)
            let log = try await perform(BillingCall(.transitions, id: bill), at: service)
            guard case .array(let transitions)? = log.json["data"] else { throw FixtureError() }
            #expect(transitions.count == 5)
            _ = try await perform(try call(.change(.customers), customer, PageExamples.customer), at: service)
            _ = try await perform(try call(.change(.templates), template, PageExamples.template), at: service)
            for (book, id) in ids { _ = try await perform(BillingCall(.remove(book), id: id), at: service) }
            var current: [UInt8] = []
            try await service.accessToken(.current).write { current = $0 }
            let key = await billgate.configuration.key
            #expect(String(decoding: current, as: UTF8.self) == key)
            var leeway = await billgate.currentLeeway
            leeway.tokensAreKeys = false
            try await billgate.setLeeway(leeway)
            var new: [UInt8] = []
            try await service.accessToken(.new).write { new = $0 }
            #expect(!new.isEmpty && new != current)
            try await service.revokeAccessToken()

            let calls = await billgate.calls()
            #expect(Set(calls.compactMap { $0.operation?.rawValue }) == Set(BillgateOperation.allCases.map(\.rawValue)))
            #expect(
                Set(BillgateOperation.allCases.map(\.rawValue))
                    == Set(BillgateSimulator.Operation.allCases.map(\.rawValue)))
            for call in calls { #expect(call.outcome == .success(try status(of: call)), "\(call.target)") }
        }
    }

    private func status(of call: BillgateSimulator.Call) throws -> Int {
        try #require(call.operation.flatMap { BillgateOperation(rawValue: $0.rawValue) }).terms.status
    }

    /// Only we refuse a number that a double does not hold exactly: Billgate would take another one for it.
    private static let sharedRules = BodyCheckTests.edits.filter { !$0.new.contains("12345678901234.56") }

    @Test("what is a fault here is refused there, and what is none is taken", arguments: sharedRules)
    func agrees(edit: BodyCheckTests.Edit) async throws {
        try await withBillgate { billgate, service in
            let body = try Fixture.object(edit.text.replacing(edit.old, with: edit.new))
            var id: String?
            if edit.operation.terms.path.contains("*") {
                id = try await add(.bills, PageExamples.invoice, to: service)
                try await billgate.setStatus(.pendingApproval, ofInvoice: id ?? "")
            }
            let result: Bool
            do {
                _ = try await service.client.perform(edit.operation, id: id, body: body)
                result = true
            } catch { result = false }
            #expect(result == (edit.pointer == nil))
        }
    }

    @Test(
        "a receipt and a tax invoice are made from one thing",
        arguments: [
            (BillingBook.receipts, #"{"invoice_id":null,"data":null,"number":"R"}"#),
            (.receipts, PageExamples.receipt.replacing(#""invoice_id":null"#, with: #""invoice_id":"abc""#)),
            (.taxInvoices, #"{"number":"T"}"#), (.taxInvoices, #"{"number":"T","invoice_id":"a","receipt_id":"b"}"#),
        ])
    func oneSource(book: BillingBook, body: String) async throws {
        try await withBillgate { billgate, service in
            let faults = try await service.faults(of: try call(.add(book), nil, body))
            #expect(faults.count == 1)
            #expect(await billgate.calls().isEmpty)
        }
    }

    @Test("installments are as many as the cycles and come to what the template comes to")
    func installments() async throws {
        try await withBillgate { billgate, service in
            let customer = try await add(.customers, PageExamples.customer, to: service)
            let template = try await add(.templates, PageExamples.template, to: service)
            func faults(_ body: String) async throws -> [String] {
                try await service.faults(of: try call(.add(.recurring), nil, body)).map(\.pointer)
            }
            let right = PageExamples.recurring(template: template, customer: customer)
            #expect(try await faults(right) == [])
            #expect(try await faults(right.replacing(":400}", with: ":400.00}")) == [])
            #expect(
                try await faults(PageExamples.recurring(template: template, customer: customer, last: "400.01"))
                    == ["/installments"])
            #expect(try await faults(right.replacing(#""cycle":4"#, with: #""cycle":3"#)) == ["/installments"])
            #expect(try await faults(right.replacing(#""cycle":4"#, with: #""cycle":null"#)) == ["/installments"])
            #expect(try await faults(right.replacing("installment\",", with: "fully_paid\",")) == ["/installments"])
            let other = "c6f3f207-169d-481c-882c-f50c5b85626d"
            #expect(
                try await faults(PageExamples.recurring(template: other, customer: customer))
                    == ["/invoice_template_id"])
            #expect(await billgate.totals.refusals == 0)
        }
    }

    @Test(
        "an id or a parameter that the page does not have is not sent",
        arguments: [
            (BillingCall(.show(.bills), id: ".."), "/id"), (BillingCall(.show(.bills), id: "a/b"), "/id"),
            (BillingCall(.remove(.bills), id: ""), "/id"), (BillingCall(.show(.templates), id: "abc"), "/id"),
            (BillingCall(.list(.bills), query: ["status": "open"]), "/status"),
            (BillingCall(.list(.bills), query: ["start": "2026-04-01"]), "/start"),
            (BillingCall(.list(.receipts), query: ["status": "paid"]), "/status"),
            (BillingCall(.list(.customers), query: ["limit": "101"]), "/limit"),
            (BillingCall(.list(.customers), query: ["offset": "-1"]), "/offset"),
            (BillingCall(.list(.bills), query: ["offset": "1000000001"]), "/offset"),
            (BillingCall(.list(.bills), query: ["offset": "9223372036854775807"]), "/offset"),
            (BillingCall(.list(.recurring), query: ["template_id": "1"]), "/template_id"),
            (BillingCall(.change(.bills), id: "a", body: [:]), ""), (BillingCall(.add(.customers)), ""),
        ])
    func refusedHere(call: BillingCall, pointer: String) async throws {
        try await withBillgate { billgate, service in
            let faults = try await service.faults(of: call)
            #expect(faults.map(\.pointer) == [pointer])
            #expect(await billgate.calls().isEmpty)
        }
    }

    @Test(
        "a list goes on to its end, whatever its next counts, and though its pages are short",
        arguments: BillgateSimulator.Leeway.PageStep.allCases, [10, 4])
    func pages(step: BillgateSimulator.Leeway.PageStep, cap: Int) async throws {
        var leeway = BillgateSimulator.Leeway()
        (leeway.pageStep, leeway.lists.pageCap) = (step, cap)
        try await withBillgate(leeway: leeway) { billgate, service in
            await billgate.addForeignDocuments(25)
            var (numbers, offset): (Set<String>, Int?) = ([], 0)
            while let start = offset {
                let page = try await service.page(
                    BillingCall(.list(.receipts), query: ["offset": "\(start)", "limit": "10"]))
                numbers.formUnion(page.entries.compactMap { $0.text("number") })
                #expect(page.total == 25)
                offset = page.next
            }
            #expect(numbers.count == 25)
        }
    }

    @Test("a full page goes on although it says that there is no more", arguments: ["0", "null"])
    func fullPage(next: String) throws {
        let entries = (0..<3).map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let full = try Fixture.object(#"{"total":0,"next":\#(next),"data":[\#(entries)]}"#)
        #expect(BillingPage(full, offset: 6, limit: 3)?.next == 9)
        #expect(BillingPage(full, offset: 6, limit: 4)?.next == nil)
        for (total, end) in [("9", nil), ("10", 9)] as [(String, Int?)] {
            let told = try Fixture.object(#"{"total":\#(total),"next":\#(next),"data":[\#(entries)]}"#)
            for limit in [3, 4] { #expect(BillingPage(told, offset: 6, limit: limit)?.next == end) }
        }
        #expect(BillingPage(try Fixture.object(#"{"total":9}"#), offset: 0, limit: 3) == nil)
    }
}
