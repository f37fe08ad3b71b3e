import Foundation
import Testing

@testable import Simulators

/// The rules of the request schemas: each example of the page is taken, and with one thing wrong in it refused.
@Suite(.timeLimit(.minutes(1)))
struct BillgateRulesTests {
    private static let bodies = [
        "invoices": BillgateExamples.invoice, "receipts": BillgateExamples.receipt,
        "tax_invoices": BillgateExamples.taxInvoice, "customers": BillgateExamples.customer,
        "templates/invoices": BillgateExamples.template,
    ]

    private func check(_ path: String, _ change: Change, status: Int) async throws {
        try await withBillgate { billgate async throws in
            let body = try #require(Self.bodies[path])
            let changed = body.replacing(change.find, with: change.put, maxReplacements: 1)
            #expect(changed != body, "nothing was changed")
            let answer = try await billgate.call("POST", "/v1/" + path, changed)
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    /// What the three requests that make documents have in common.
    static let document = [
        Change("no customer", #""customer":"#, #""customr":"#),
        Change("an empty code", #""BG-CUS-001""#, #""""#),
        Change("a code of null", #""BG-CUS-001""#, "null"),
        Change("an empty name", #""สมชาย หมายปอง""#, #""""#),
        Change("no tax number", #""tax_number":"1012670114029","#, ""),
        Change("an empty tax number", #""1012670114029""#, #""""#),
        Change("a tax number that is a number", #""1012670114029""#, "1012670114029"),
        Change("an empty telephone number", #""0850601111""#, #""""#),
        Change("no e-mails", #""emails":["somchai.h@mockcustomer.com"],"#, ""),
        Change("e-mails of null", #"["somchai.h@mockcustomer.com"]"#, "null"),
        Change("an e-mail that is no text", #"["somchai.h@mockcustomer.com"]"#, "[1]"),
        Change("no house number", #""house_number":"598/610","#, ""),
        Change("an empty sub-district", #""บางกะปิ""#, #""""#),
        Change("an empty district", #""ห้วยขวาง""#, #""""#),
        Change("an empty province", #""กรุงเทพมหานคร""#, #""""#),
        Change("an empty post code", #""10310""#, #""""#),
        Change("no date", #""issue_date":"2021-01-19","#, ""),
        Change("an empty date", #""issue_date":"2021-01-19""#, #""issue_date":"""#),
        Change("a date that is none", #""issue_date":"2021-01-19""#, #""issue_date":"2021-02-30""#),
        Change("no lines", BillgateExamples.items, "[]"),
        Change("an empty description", #""ค่าบริการ""#, #""""#),
        Change("no quantity", #""quantity":1,"#, ""),
        Change("a quantity as text", #""quantity":1,"#, #""quantity":"1","#),
        Change("a price of null", #""unit_price":1000"#, #""unit_price":null"#),
        Change("a price below zero", #""unit_price":1000"#, #""unit_price":-1000"#),
        Change("a discount above the price", #""discount_amount":0"#, #""discount_amount":1000.01"#),
        Change("a rate as text", #""vat_rate":7"#, #""vat_rate":"7""#),
        Change(
            "two equal lines", "}]",
            #"},{"description":"ค่าบริการ","discount_amount":0,"unit_price":1000.0,"quantity":1,"vat_rate":7.00}]"#),
        Change("no word on VAT", #""vat_included":true,"#, ""),
        Change("VAT included of null", #""vat_included":true"#, #""vat_included":null"#),
        Change("no remark", #","remark":null"#, ""),
        Change("a remark that is a number", #""remark":null"#, #""remark":1"#),
        Change("withholding tax as text", #""withholding_tax_rate":null"#, #""withholding_tax_rate":"3""#),
        Change("broken JSON", "}]", "]"),
    ]

    @Test("a document breaks no rule", arguments: ["invoices", "receipts", "tax_invoices"], document)
    func documents(path: String, change: Change) async throws {
        try await check(path, change, status: 400)
    }

    @Test(
        "what is said of invoices only, is asked of invoices only",
        arguments: [
            ("invoices", Change("a rate over 7", #""vat_rate":7"#, #""vat_rate":7.5"#), 400),
            ("invoices", Change("a rate below 0", #""vat_rate":7"#, #""vat_rate":-1"#), 400),
            ("receipts", Change("a rate over 7", #""vat_rate":7"#, #""vat_rate":10"#), 200),
            ("tax_invoices", Change("a rate over 7", #""vat_rate":7"#, #""vat_rate":10"#), 200),
            ("invoices", Change("an empty number", "INV-000001", ""), 400),
            ("receipts", Change("an empty number", "RCP-000001", ""), 400),
            ("tax_invoices", Change("an empty number", "TAX-000001", ""), 400),
            ("invoices", Change("no due date", #""due_date":"2021-01-19","#, ""), 400),
            ("invoices", Change("no name", #""name":"ใบเรียกเก็บค่าบริการเดือน มกราคม 2564","#, ""), 202),
            ("invoices", Change("a name of null", #""ใบเรียกเก็บค่าบริการเดือน มกราคม 2564""#, "null"), 400),
            ("receipts", Change("no name", #""name":"ใบเรียกเก็บค่าบริการเดือน มกราคม 2564","#, ""), 200),
            ("invoices", Change("an attachment at no address", "https://example.com", "ftp://example.com"), 400),
            ("tax_invoices", Change("an attachment at no address", "https://example.com", "/tmp"), 400),
            (
                "invoices",
                Change("attachments of null", #"["https://example.com/files/invoice-attachment.pdf"]"#, "null"), 400
            ),
        ])
    func particular(path: String, change: Change, status: Int) async throws {
        try await check(path, change, status: status)
    }

    @Test(
        "what a schema allows is taken",
        arguments: [
            Change("a code is missing", #""customer_code":"BG-CUS-001","#, ""),
            Change("no e-mail at all", #""somchai.h@mockcustomer.com""#, ""),
            Change("an exempt line", #""vat_rate":7"#, #""vat_rate":null"#),
            Change("a line without rate", #","vat_rate":7"#, ""), Change("no discount", #","discount_amount":0"#, ""),
            Change("a discount of null", #""discount_amount":0"#, #""discount_amount":null"#),
            Change("a remark", #""remark":null"#, #""remark":"x""#),
            Change("no withholding tax", #","withholding_tax_rate":null"#, ""),
            Change("withholding tax", #""withholding_tax_rate":null"#, #""withholding_tax_rate":3"#),
            Change("a member that nobody knows", #""vat_included""#, #""other":{},"vat_included""#),
            Change(
                "lines that differ in a satang", "}]",
                #"},{"description":"ค่าบริการ","quantity":1,"unit_price":1000.01,"vat_rate":7,"discount_amount":0}]"#),
        ])
    func allowed(change: Change) async throws {
        try await check("receipts", change, status: 200)
    }

    @Test(
        "a customer breaks no rule",
        arguments: [
            Change("another type", "individual", "person"), Change("no type", #""type":"individual","#, ""),
            Change("no name", #""name":"สมชาย หมายปอง","#, ""),
            Change("a long name", "สมชาย หมายปอง", String(repeating: "ก", count: 141)),
            Change("a long alias", #""สมชาย""#, #""\#(String(repeating: "ก", count: 141))""#),
            Change("a tax number of 12 digits", "1012670114029", "101267011402"),
            Change("a branch of 4 digits", #""00000""#, #""0000""#),
            Change("a long telephone number", "0850601111", String(repeating: "0", count: 31)),
            Change("a long code", "BG-CUS-001", String(repeating: "B", count: 65)),
            Change("e-mails as text", #"["somchai.h@mockcustomer.com"]"#, #""a@b.example""#),
            Change("no e-mails", #""emails":["somchai.h@mockcustomer.com"],"#, ""),
            Change("no address", #""address":"#, #""adress":"#),
            Change("a long house number", "598/610", String(repeating: "5", count: 141)),
            Change("a long sub-district", "บางกะปิ", String(repeating: "ก", count: 31)),
            Change("a long district", "ห้วยขวาง", String(repeating: "ก", count: 31)),
            Change("a long province", "กรุงเทพมหานคร", String(repeating: "ก", count: 31)),
            Change("a post code of 4 digits", "10310", "1031"),
        ])
    func customers(change: Change) async throws {
        try await check("customers", change, status: 400)
    }

    @Test(
        "what may be null of a customer, is",
        arguments: [
            #""alias":"สมชาย""#, #""tax_number":"1012670114029""#, #""branch_number":"00000""#,
            #""phone_number":"0850601111""#, #""customer_code":"BG-CUS-001""#,
        ])
    func nullable(member: String) async throws {
        let name = member.prefix { $0 != ":" }
        try await check("customers", Change("null", member, "\(name):null"), status: 200)
        try await check("customers", Change("missing", member + ",", ""), status: 200)
    }

    @Test(
        "a template breaks no rule",
        arguments: [
            (Change("no name", #""name":"ค่าบริการสำนักงานรายเดือน","#, ""), 400),
            (Change("a name of null", #""ค่าบริการสำนักงานรายเดือน""#, "null"), 200),
            (Change("no number", #""number":"TEM202108001","#, ""), 400),
            (Change("no lines", #""items":"#, #""item":"#), 400),
            (Change("a line without price", #","price_per_item":99"#, ""), 400),
            (Change("another discount", #""money""#, #""gift""#), 400),
            (Change("a remark of null", #""กรุณาชำระภายใน 30 วันหลังจากได้รับใบแจ้งหนี้""#, "null"), 400),
            (Change("no term", #","due_date_term":30"#, ""), 400),
            (Change("a term of half a day", #""due_date_term":30"#, #""due_date_term":0.5"#), 400),
            (Change("withholding tax that is no object", #"{"on":true,"rate":0.03}"#, "0.03"), 400),
        ])
    func templates(change: Change, status: Int) async throws {
        try await check("templates/invoices", change, status: status)
    }

    @Test(
        "a monthly bill breaks no rule",
        arguments: [
            (Change("nothing wrong", "MAG2021080001", "M-1"), 200),
            (Change("a number of 25", "MAG2021080001", String(repeating: "M", count: 25)), 400),
            (Change("an empty number", "MAG2021080001", ""), 400), (Change("weekly", "monthly", "weekly"), 400),
            (Change("a day that is none", "2021-08-30", "2021-08-32"), 400),
            (Change("more cycles than parts", #""cycle":4"#, #""cycle":5"#), 400),
            (Change("no cycle", #""cycle":4,"#, ""), 400),
            (Change("a cycle of 1201", #""cycle":4"#, #""cycle":1201"#), 400),
            (Change("for ever, in parts", #""cycle":4"#, #""cycle":null"#), 400),
            (Change("parts that come to less", #""amount":400"#, #""amount":399"#), 400),
            (Change("a part twice", #"{"installment":2,"amount":1500}"#, #"{"installment":1,"amount":1500.0}"#), 400),
            (Change("another policy", #""installment","#, #""never","#), 400),
            (Change("paid at once", #""installment","#, #""fully_paid","#), 200),
            (Change("no policy", #""payment_policy":"installment","#, #""payment_policy":null,"#), 200),
            (Change("a template that is no UUID", #""invoice_template_id":""#, #""invoice_template_id":"x"#), 400),
            (Change("nobody's", #""customer_id":""#, #""customer_id":"x"#), 400),
        ])
    func recurring(change: Change, status: Int) async throws {
        try await withBillgate { billgate async throws in
            let template = try await billgate.make("/v1/templates/invoices", BillgateExamples.template4900)
            let customer = try await billgate.make("/v1/customers", BillgateExamples.customer)
            let body = BillgateExamples.recurring(template: template, customer: customer)
                .replacing(change.find, with: change.put)
            let answer = try await billgate.call("POST", "/v1/recurring_invoices", body)
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    @Test(
        "a payment is confirmed and declined by the rules",
        arguments: [
            ("paid", #"{"amount":1}"#), ("paid", #"{"date_time":"2021-01-19 13:00:00"}"#), ("paid", "{}"),
            ("paid", #"{"date_time":"","amount":1}"#), ("paid", #"{"date_time":"yesterday","amount":1}"#),
            ("paid", #"{"date_time":"2021-01-19 13:00:00","amount":"1"}"#), ("decline_payment", "{}"),
            ("decline_payment", #"{"reason":""}"#), ("decline_payment", #"{"reason":"x","metadata":null}"#),
        ])
    func payments(verb: String, body: String) async throws {
        try await withBillgate { billgate async throws in
            let id = try await billgate.makeInvoice()
            try await billgate.simulator.setStatus(.pendingApproval, ofInvoice: id)
            #expect(try await billgate.call("POST", "/v1/invoices/\(id)/\(verb)", body).status == 400)
            #expect(try await billgate.call("POST", "/v1/invoices/\(id)/\(verb)").status == 400)
            #expect(await billgate.simulator.document(.invoice, id)?.status == .pendingApproval)
        }
    }

    @Test("a body that is no JSON by its type is not read", arguments: ["text/plain", nil])
    func type(type: String?) async throws {
        try await withBillgate { billgate async throws in
            let answer = try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt, type: type)
            #expect(answer.status == 415)
        }
    }

    @Test("a body that is too long is not read")
    func long() async throws {
        try await withBillgate({ $0.maximumBody = 500 }) { billgate async throws in
            #expect(try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt).status == 413)
        }
    }

    @Test("a refusal has the status that the account's leeway says, and names the place")
    func refusalStatus() async throws {
        try await withBillgate({ $0.leeway.refusalStatus = 422 }) { billgate async throws in
            let body = BillgateExamples.receipt.replacing(#""10310""#, with: #""""#)
            let answer = try await billgate.call("POST", "/v1/receipts", body)
            #expect(answer.status == 422)
            #expect((answer.json["message"] as? String)?.hasPrefix("data.customer.address.post_code: ") == true)
        }
    }
}
