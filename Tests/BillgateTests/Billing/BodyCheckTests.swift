import JSON
import Sales
import Testing

@testable import Billgate

struct BodyCheckTests {
    /// A body of the page, an edit of its text, and where the fault is; nil for an edit that keeps to the rules.
    struct Edit: Sendable, CustomTestStringConvertible {
        let operation: BillgateOperation
        let text: String
        let old: String
        let new: String
        let pointer: String?

        init(_ operation: BillgateOperation, _ text: String, _ old: String, _ new: String, at pointer: String?) {
            self.operation = operation
            self.text = text
            self.old = old
            self.new = new
            self.pointer = pointer
        }

        var testDescription: String { "\(operation.rawValue): \(old) → \(new)" }
    }

    private static let twice = PageExamples.items.dropFirst().dropLast()

    static let edits: [Edit] = [
        Edit(.createInvoice, PageExamples.invoice, #""number""#, #""number""#, at: nil),
        Edit(.createInvoice, PageExamples.invoice, #""vat_rate":7"#, #""vat_rate":7.01"#, at: "/items/0/vat_rate"),
        Edit(.createInvoice, PageExamples.invoice, #""vat_rate":7"#, #""vat_rate":-1"#, at: "/items/0/vat_rate"),
        Edit(.createInvoice, PageExamples.invoice, #""vat_rate":7"#, #""vat_rate":null"#, at: nil),
        Edit(.createInvoice, PageExamples.invoice, #""vat_rate":7,"#, "", at: nil),
        Edit(.createInvoice, PageExamples.invoice, #""quantity":1"#, #""quantity":"1""#, at: "/items/0/quantity"),
        Edit(
            .createInvoice, PageExamples.invoice, #"unit_price":1000"#, #"unit_price":1e400"#, at: "/items/0/unit_price"
        ),
        Edit(
            .createInvoice, PageExamples.invoice, #"unit_price":1000"#, #"unit_price":12345678901234.56"#,
            at: "/items/0/unit_price"),
        Edit(.createInvoice, PageExamples.invoice, PageExamples.items, "[]", at: "/items"),
        Edit(.createInvoice, PageExamples.invoice, PageExamples.items, "[\(twice),\(twice)]", at: "/items/1"),
        Edit(
            .createInvoice, PageExamples.invoice, PageExamples.items,
            "[\(twice),\(twice.replacing("1000", with: "1e3"))]", at: "/items/1"),
        Edit(.createInvoice, PageExamples.invoice, #""remark":null,"#, "", at: "/remark"),
        Edit(
            .createInvoice, PageExamples.invoice, #""due_date":"2021-01-19""#, #""due_date":"2021-02-30""#,
            at: "/due_date"),
        Edit(.createInvoice, PageExamples.invoice, #""due_date":"2021-01-19","#, "", at: "/due_date"),
        Edit(.createInvoice, PageExamples.invoice, #""number":"INV-000001""#, #""number":"""#, at: "/number"),
        Edit(
            .createInvoice, PageExamples.invoice, #""vat_included":true"#, #""vat_included":"yes""#, at: "/vat_included"
        ),
        Edit(
            .createInvoice, PageExamples.invoice, #""post_code":"10310""#, #""post_code":"""#,
            at: "/customer/address/post_code"),
        Edit(
            .createInvoice, PageExamples.invoice, #"["somchai.h@mockcustomer.com"]"#, "[1]", at: "/customer/emails/0"),
        Edit(.createReceipt, PageExamples.receipt, #""invoice_id":null,"#, "", at: "/invoice_id"),
        Edit(.createReceipt, PageExamples.receipt, #""vat_rate":7"#, #""vat_rate":10"#, at: nil),
        Edit(
            .createReceipt, PageExamples.receipt, #""district":"ห้วยขวาง","#, "", at: "/data/customer/address/district"),
        Edit(.createTaxInvoice, PageExamples.taxInvoice, #""invoice_id":null,"receipt_id":null,"#, "", at: nil),
        Edit(.createTaxInvoice, PageExamples.taxInvoice, #""number":"TAX-000001","#, "", at: "/number"),
        Edit(.confirmPaidPaymentInvoice, PageExamples.paid, "13:00:00", "25:00:00", at: "/date_time"),
        Edit(.confirmPaidPaymentInvoice, PageExamples.paid, " 13:00:00", "", at: nil),
        Edit(.declinePaymentInvoice, PageExamples.decline, "ยอดเงินไม่ถูกต้อง", "", at: "/reason"),
        Edit(.declinePaymentInvoice, PageExamples.decline, "{}}", "[]}", at: "/metadata"),
        Edit(.createCustomer, PageExamples.customer, "individual", "person", at: "/type"),
        Edit(.createCustomer, PageExamples.customer, "1012670114029", "101267011402", at: "/tax_number"),
        Edit(.createCustomer, PageExamples.customer, #""00000""#, #""0000""#, at: "/branch_number"),
        Edit(.createCustomer, PageExamples.customer, #""00000""#, "null", at: nil),
        Edit(
            .createCustomer, PageExamples.customer, "BG-CUS-001", String(repeating: "ก", count: 65),
            at: "/customer_code"),
        Edit(.createCustomer, PageExamples.customer, "BG-CUS-001", String(repeating: "ก", count: 64), at: nil),
        Edit(
            .createCustomer, PageExamples.customer, "ห้วยขวาง", String(repeating: "ก", count: 31),
            at: "/address/district"),
        Edit(.createCustomer, PageExamples.customer, "ห้วยขวาง", "", at: nil),
        Edit(.createCustomer, PageExamples.customer, #""10310""#, #""1031""#, at: "/address/post_code"),
        Edit(
            .createInvoiceTemplate, PageExamples.template, #""due_date_term":15"#, #""due_date_term":1.5"#,
            at: "/due_date_term"),
        Edit(.createInvoiceTemplate, PageExamples.template, #""vat_rate":0.07"#, #""vat_rate":null"#, at: nil),
        Edit(
            .createInvoiceTemplate, PageExamples.template, #""vat_rate":0.07"#,
            #""discount":{"type":"gift","total":1}"#, at: "/items/0/discount/type"),
    ]

    @Test("each rule of a schema is a fault at its place, and what keeps to them has none", arguments: edits)
    func rules(edit: Edit) throws {
        let text = edit.text.replacing(edit.old, with: edit.new)
        #expect(edit.old == edit.new || text != edit.text)
        let rule = try #require(edit.operation.terms.body)
        let found = BodyCheck.faults(of: try Fixture.object(text), by: rule)
        #expect(found.map(\.pointer) == (edit.pointer.map { [$0] } ?? []), "\(found)")
    }

    @Test("a member that the page does not know is a fault: it may be one with a slip of the pen")
    func unknown() throws {
        let rule = try #require(BillgateOperation.createReceipt.terms.body)
        let text = PageExamples.receipt.replacing("discount_amount", with: "discount_amout")
        #expect(
            BodyCheck.faults(of: try Fixture.object(text), by: rule).map(\.pointer) == ["/data/items/0/discount_amout"])
    }

    @Test(
        "an exponent of any size is a fault", arguments: ["1e-9223372036854775808", "1e9223372036854775807", "-1e-99"])
    func exponents(number: String) throws {
        let rule = try #require(BillgateOperation.createInvoice.terms.body)
        let text = PageExamples.invoice.replacing(#""unit_price":1000"#, with: #""unit_price":\#(number)"#)
        #expect(BodyCheck.faults(of: try Fixture.object(text), by: rule).map(\.pointer) == ["/items/0/unit_price"])
    }

    @Test("no fault quotes what was sent of a person")
    func quotesNobody() throws {
        let rule = try #require(BillgateOperation.createCustomer.terms.body)
        let text = PageExamples.customer.replacing("1012670114029", with: "10126701140299").replacing(
            "individual", with: "somebody")
        for fault in BodyCheck.faults(of: try Fixture.object(text), by: rule) {
            #expect(!fault.detail.contains("1012670") && !fault.detail.contains("somebody"))
        }
    }
}
