import JSON
import RemoteServices
import Simulators
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(1))) struct BillgateLookingForTests {
    private func call(_ book: BillingBook, _ body: String) throws -> BillingCall {
        BillingCall(.add(book), body: try Fixture.object(body))
    }

    @Test("a customer is found by its code, and a bill by its number and day, once their lists show them")
    func found() async throws {
        var leeway = BillgateSimulator.Leeway()
        (leeway.listLag, leeway.customerListLag) = (.seconds(30), .seconds(30))
        try await withBillgate(leeway: leeway) { billgate, service in
            await billgate.addForeignDocuments(130, kind: .invoice)
            for call in [try call(.customers, PageExamples.customer), try call(.bills, PageExamples.invoice)] {
                #expect(service.repeating(call) == .afterLooks)
                #expect(try await service.look(for: call) == .absent)
                let id = try #require(try await service.perform(call).id)
                #expect(try await service.look(for: call) == .absent)
                await billgate.advanceClock(by: .seconds(31))
                #expect(try await service.look(for: call) == .found(id))
            }
        }
    }

    @Test(
        "a bill is found behind pages that are short and say that they are the last, and is absent only if no page has it",
        arguments: BillgateSimulator.Leeway.Lists.Total.allCases)
    func shortPages(total: BillgateSimulator.Leeway.Lists.Total) async throws {
        var leeway = BillgateSimulator.Leeway()
        (leeway.lists.total, leeway.lists.pageCap, leeway.pageStep) = (total, 5, .zero)
        try await withBillgate(leeway: leeway) { billgate, service in
            func bill(_ number: Int) throws -> BillingCall {
                try call(.bills, PageExamples.invoice.replacing("INV-000001", with: "INV-\(number)"))
            }
            let first = try #require(try await service.perform(try bill(1)).id)
            for number in 2...12 { _ = try await service.perform(try bill(number)) }
            #expect(try await service.look(for: try bill(1)) == .found(first))
            #expect(try await service.look(for: try bill(13)) == .absent)
        }
    }

    @Test("a list of bills that loses some between its pages proves nothing")
    func lostAtBorders() async throws {
        var leeway = BillgateSimulator.Leeway()
        (leeway.lists.pageCap, leeway.lists.lostAtBorders) = (5, 2)
        try await withBillgate(leeway: leeway) { billgate, service in
            for number in 1...12 {
                let body = PageExamples.invoice.replacing("INV-000001", with: "INV-\(number)")
                _ = try await service.perform(try call(.bills, body))
            }
            #expect(try await service.look(for: try call(.bills, PageExamples.invoice)) == .unknown)
        }
    }

    @Test("a bill of the number for somebody else is not taken for ours")
    func another() async throws {
        try await withBillgate { _, service in
            _ = try await service.perform(try call(.bills, PageExamples.invoice))
            for (old, new) in [("1012670114029", "1234567851231"), (":1000", ":1001")] {
                let other = try call(.bills, PageExamples.invoice.replacing(old, with: new))
                #expect(try await service.look(for: other) == .unknown)
            }
            let nextDay = PageExamples.invoice.replacing(
                #""issue_date":"2021-01-19""#, with: #""issue_date":"2021-02-19""#)
            #expect(try await service.look(for: try call(.bills, nextDay)) == .absent)
        }
    }

    @Test(
        "what was made from a document is found by what that document says of it",
        arguments: BillgateSimulator.Leeway.MissingReference.allCases)
    func references(missing: BillgateSimulator.Leeway.MissingReference) async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.missingReference = missing
        leeway.referenceLag = .seconds(30)
        try await withBillgate(leeway: leeway) { billgate, service in
            let bill = try #require(try await service.perform(try call(.bills, PageExamples.invoice)).id)
            let receipt = try call(.receipts, #"{"invoice_id":"\#(bill)","data":null,"number":"R-1"}"#)
            #expect(service.repeating(receipt) == .looksFirst)
            #expect(try await service.look(for: receipt) == .absent)
            let receiptID = try #require(try await service.perform(receipt).id)
            #expect(try await service.look(for: receipt) == .absent)
            await billgate.advanceClock(by: .seconds(31))
            #expect(try await service.look(for: receipt) == .found(receiptID))

            let invoice = try call(.taxInvoices, #"{"receipt_id":"\#(receiptID)","number":"T-1"}"#)
            #expect(try await service.look(for: invoice) == .absent)
            let invoiceID = try #require(try await service.perform(invoice).id)
            await billgate.advanceClock(by: .seconds(31))
            #expect(try await service.look(for: invoice) == .found(invoiceID))
        }
    }

    @Test("nothing is looked for that no look finds for certain")
    func inexact() async throws {
        try await withBillgate { billgate, service in
            let anonymous = PageExamples.customer.replacing(#""customer_code":"BG-CUS-001","#, with: "")
            for call in [
                try call(.receipts, PageExamples.receipt), try call(.taxInvoices, PageExamples.taxInvoice),
                try call(.templates, PageExamples.template), try call(.customers, anonymous),
            ] {
                #expect(service.repeating(call) == .never)
                #expect(try await service.look(for: call) == .unknown)
            }
            #expect(await billgate.calls().isEmpty)
        }
    }
}
