import Foundation
import Testing

@testable import Simulators

/// An invoice from its making to its payment, and what is made from it.
@Suite(.timeLimit(.minutes(1)))
struct InvoiceLifeTests {
    private func status(_ billgate: BillgateCaller, _ id: String) async throws -> String? {
        try await billgate.call("GET", "/v1/invoices/\(id)").json["status"] as? String
    }

    @Test("its customer says that it is paid, the merchant declines and confirms, and each change is on record")
    func life() async throws {
        try await withBillgate { billgate async throws in
            let id = try await billgate.makeInvoice()
            #expect(try await status(billgate, id) == "pending_payment")
            #expect(
                try await billgate.call("POST", "/v1/invoices/\(id)/decline_payment", BillgateExamples.decline).status
                    == 400)
            try await billgate.simulator.setStatus(.pendingApproval, ofInvoice: id)
            #expect(try await status(billgate, id) == "pending_approval")
            let declined = try await billgate.call(
                "POST", "/v1/invoices/\(id)/decline_payment", BillgateExamples.decline)
            #expect(declined.status == 201 && declined.text.isEmpty)
            #expect(try await status(billgate, id) == "pending_payment")
            let paid = try await billgate.call("POST", "/v1/invoices/\(id)/paid", BillgateExamples.paid)
            #expect(paid.status == 201 && paid.text.isEmpty)
            let shown = try await billgate.call("GET", "/v1/invoices/\(id)")
            let payment = shown.json["payment"] as? [String: Any]
            #expect(payment?["paid_date"] as? String == "2021-01-19 13:00:00" && payment?["amount"] as? Int == 1000)
            #expect(try await billgate.call("POST", "/v1/invoices/\(id)/paid", BillgateExamples.paid).status == 400)
            let log = try await billgate.call("GET", "/v1/invoices/\(id)/transition_logs")
            #expect(
                log.texts("to_status") == [
                    "created", "pending_payment", "pending_approval", "pending_payment", "paid",
                ])
            #expect(
                log.texts("from_status") == ["", "created", "pending_payment", "pending_approval", "pending_payment"])
            #expect(log.texts("reason")[3] == "ยอดเงินไม่ถูกต้อง")
            #expect(Set(log.texts("invoice_id")) == [id])
        }
    }

    @Test("in an account that takes every transition, paid is paid again")
    func again() async throws {
        try await withBillgate({ $0.leeway.takesEveryTransition = true }) { billgate async throws in
            let id = try await billgate.makeInvoice()
            for _ in 0..<2 {
                #expect(try await billgate.call("POST", "/v1/invoices/\(id)/paid", BillgateExamples.paid).status == 201)
            }
        }
    }

    @Test("a receipt of an invoice and a tax invoice of that receipt say the same, and name each other")
    func derived() async throws {
        try await withBillgate { billgate async throws in
            let invoice = try await billgate.makeInvoice()
            try await billgate.call("POST", "/v1/invoices/\(invoice)/paid", BillgateExamples.paid)
            let receipt = try await billgate.make(
                "/v1/receipts", #"{"invoice_id":"\#(invoice)","number":"R-1","data":null}"#, id: "receipt_id")
            let tax = try await billgate.make(
                "/v1/tax_invoices", #"{"receipt_id":"\#(receipt)","number":"T-1"}"#, id: "tax_invoice_id")
            let shown = try await billgate.call("GET", "/v1/receipts/\(receipt)")
            #expect(shown.number("total") == "1000" && shown.json["number"] as? String == "R-1")
            for path in ["receipts/\(receipt)", "tax_invoices/\(tax)"] {
                let payment = try await billgate.call("GET", "/v1/" + path).json["payment"] as? [String: Any]
                #expect(payment?["paid_date"] as? String == "2021-01-19 13:00:00", "\(path)")
            }
            let references = [
                ("invoices/\(invoice)", ["receipt_id": receipt, "tax_invoice_id": tax]),
                ("receipts/\(receipt)", ["invoice_id": invoice, "tax_invoice_id": tax]),
                ("tax_invoices/\(tax)", ["invoice_id": invoice, "receipt_id": receipt]),
            ]
            for (path, expected) in references {
                let found = try await billgate.call("GET", "/v1/" + path).json["references"] as? [String: Any]
                #expect(found?.keys.sorted() == expected.keys.sorted(), "\(path)")
                for (name, id) in expected { #expect(found?[name] as? String == id, "\(path) \(name)") }
            }
        }
    }

    @Test("references may know of a new document only later")
    func lag() async throws {
        try await withBillgate({ $0.leeway.referenceLag = .seconds(30) }) { billgate async throws in
            let invoice = try await billgate.makeInvoice()
            let receipt = try await billgate.make(
                "/v1/receipts", #"{"invoice_id":"\#(invoice)","number":"R-1","data":null}"#, id: "receipt_id")
            let before = try await billgate.call("GET", "/v1/invoices/\(invoice)")
            #expect((before.json["references"] as? [String: Any])?["receipt_id"] is NSNull)
            await billgate.simulator.advanceClock(by: .seconds(31))
            let after = try await billgate.call("GET", "/v1/invoices/\(invoice)")
            #expect((after.json["references"] as? [String: Any])?["receipt_id"] as? String == receipt)
        }
    }

    @Test(
        "a document is made from one thing that there is",
        arguments: [
            ("receipts", #"{"invoice_id":"x","number":"1","data":null}"#),
            ("receipts", #"{"invoice_id":null,"number":"1","data":null}"#),
            ("receipts", #"{"invoice_id":"INVOICE","number":"1"}"#), ("receipts", #"{"number":"1","data":null}"#),
            ("receipts", #"{"invoice_id":"INVOICE","number":"","data":null}"#),
            ("tax_invoices", #"{"number":"1"}"#), ("tax_invoices", #"{"number":"1","invoice_id":""}"#),
            ("tax_invoices", #"{"number":"1","invoice_id":"x"}"#),
            ("tax_invoices", #"{"number":"1","receipt_id":"INVOICE"}"#),
            ("tax_invoices", #"{"number":"1","invoice_id":"INVOICE","receipt_id":"INVOICE"}"#),
            ("tax_invoices", #"{"number":"1","invoice_id":"INVOICE","data":{}}"#),
            ("tax_invoices", #"{"number":"1","invoice_id":"INVOICE","attachments":["nothing"]}"#),
        ])
    func sources(path: String, body: String) async throws {
        try await withBillgate { billgate async throws in
            let invoice = try await billgate.makeInvoice()
            let answer = try await billgate.call("POST", "/v1/" + path, body.replacing("INVOICE", with: invoice))
            #expect(answer.status == 400, "\(answer.text)")
            #expect(await billgate.simulator.documents(.receipt).isEmpty)
            #expect(await billgate.simulator.documents(.taxInvoice).isEmpty)
        }
    }

    @Test("a document is bound to the customer that is named by id, else by code")
    func bound() async throws {
        try await withBillgate { billgate async throws in
            let customer = try await billgate.make("/v1/customers", BillgateExamples.customer)
            let other = try await billgate.make(
                "/v1/customers", BillgateExamples.customer.replacing("BG-CUS-001", with: "B"))
            let byCode = try await billgate.makeReceipt("1")
            let byID = try await billgate.make(
                "/v1/receipts?customer_id=\(other)", BillgateExamples.receipt, id: "receipt_id")
            let nobody = try await billgate.makeReceipt("2") { $0.replacing("BG-CUS-001", with: "C") }
            let simulator = billgate.simulator
            #expect(await simulator.document(.receipt, byCode)?.customerID == customer)
            #expect(await simulator.document(.receipt, byID)?.customerID == other)
            #expect(try #require(await simulator.document(.receipt, nobody)).customerID == nil)
            #expect(
                try await billgate.call("POST", "/v1/receipts?customer_id=x", BillgateExamples.receipt).status == 400)
            #expect(await simulator.customersByCode() == ["BG-CUS-001": 1, "B": 1])
        }
    }

    @Test("the addresses of a document are mailed, and none are where there are none")
    func mailed() async throws {
        try await withBillgate { billgate async throws in
            _ = try await billgate.makeReceipt("1")
            _ = try await billgate.makeReceipt("2") { $0.replacing(#""somchai.h@mockcustomer.com""#, with: "") }
            #expect(await billgate.simulator.totals.emailsSent == 1)
            #expect(await billgate.simulator.totals.made == [.receipt: 2])
        }
    }
}
