import Foundation
import Testing

@testable import Simulators

/// Every operation of the page, with its status and the members of its answer.
@Suite(.timeLimit(.minutes(1)))
struct OperationTests {
    private static let documentMembers = [
        "attachments", "customer", "id", "issue_date", "items", "merchant", "name", "number", "paid_amount", "payment",
        "pdf_url", "references", "remark", "shareable_url", "subtotal", "taxable_sales_amount", "total",
        "total_discount_amount", "vat", "vat_exempted_amount", "withholding_tax",
    ]
    private static let invoiceMembers = (documentMembers + ["due_date", "payment_methods", "qrcode", "status"]).sorted()

    @Test("the page has 33 operations, each with a route of its own")
    func complete() {
        let routes = BillgateSimulator.Operation.allCases.map { $0.route.method + " " + $0.route.path }
        #expect(routes.count == 33 && Set(routes).count == 33)
    }

    @Test("documents are made, found, listed and deleted with the statuses and names of the page")
    func documents() async throws {
        try await withBillgate { billgate async throws in
            let made = try await billgate.call("POST", "/v1/invoices", BillgateExamples.invoice)
            #expect(made.status == 202 && made.json.keys.sorted() == Self.invoiceMembers)
            let receipt = try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt)
            #expect(receipt.status == 200 && Array(receipt.json.keys) == ["receipt_id"])
            let tax = try await billgate.call("POST", "/v1/tax_invoices", BillgateExamples.taxInvoice)
            #expect(tax.status == 200 && Array(tax.json.keys) == ["tax_invoice_id"])
            let ids = [
                ("invoices", made.json["id"], Self.invoiceMembers),
                ("receipts", receipt.json["receipt_id"], Self.documentMembers),
                ("tax_invoices", tax.json["tax_invoice_id"], Self.documentMembers),
            ]
            for (path, id, members) in ids {
                let one = "/v1/\(path)/\(try #require(id as? String))"
                let found = try await billgate.call("GET", one)
                #expect(found.status == 200 && found.json.keys.sorted() == members, "\(path)")
                let list = try await billgate.call("GET", "/v1/\(path)")
                #expect(list.status == 200 && list.json.keys.sorted() == ["data", "next", "previous", "total"])
                #expect((list.json["data"] as? [NSDictionary])?.first == found.json as NSDictionary)
                let gone = try await billgate.call("DELETE", one)
                #expect(gone.status == 204 && gone.text.isEmpty)
                #expect(try await billgate.call("GET", one).status == 404)
                #expect(try await billgate.call("DELETE", one).status == 404)
                #expect(try await billgate.call("GET", "/v1/\(path)").json["total"] as? Int == 0)
            }
        }
    }

    @Test("customers are made, changed, found by their code and deleted")
    func customers() async throws {
        try await withBillgate({ $0.leeway.customerEmails = .array }) { billgate async throws in
            let made = try await billgate.call("POST", "/v1/customers", BillgateExamples.customer)
            var expected = try #require(
                JSONSerialization.jsonObject(with: Data(BillgateExamples.customer.utf8)) as? [String: Any])
            expected["customer_code"] = nil
            expected["id"] = made.json["id"]
            #expect(made.status == 200 && made.json as NSDictionary == expected as NSDictionary)
            let one = "/v1/customers/\(try #require(made.json["id"] as? String))"
            #expect(try await billgate.call("GET", one).text == made.text)
            let list = try await billgate.call("GET", "/v1/customers?customer_code=BG-CUS-001")
            #expect(list.texts("name") == ["สมชาย หมายปอง"])
            #expect(try await billgate.call("GET", "/v1/customers?customer_code=BG").texts("name").isEmpty)
            let changed = BillgateExamples.customer.replacing("สมชาย หมายปอง", with: "สมหญิง")
            #expect(try await billgate.call("PUT", one, changed).json["name"] as? String == "สมหญิง")
            #expect(try await billgate.call("GET", one).json["name"] as? String == "สมหญิง")
            #expect(try await billgate.call("DELETE", one).status == 204)
            #expect(try await billgate.call("GET", one).status == 404)
            #expect(try await billgate.call("PUT", one, changed).status == 404)
        }
    }

    @Test("templates are made, changed by a whole body or by nothing, listed and deleted")
    func templates() async throws {
        try await withBillgate { billgate async throws in
            let made = try await billgate.call("POST", "/v1/templates/invoices", BillgateExamples.template)
            let id = try #require(made.json["id"] as? String)
            #expect(made.json.keys.sorted() == ["created_at", "id", "number", "seller_id", "template", "updated_at"])
            let one = "/v1/templates/invoices/\(id)"
            #expect(try await billgate.call("GET", one).text == made.text)
            #expect(try await billgate.call("PUT", one, "{}").json["number"] as? String == "TEM202108001")
            let changed = BillgateExamples.template.replacing("TEM202108001", with: "TEM-2")
            #expect(try await billgate.call("PUT", one, changed).json["number"] as? String == "TEM-2")
            #expect(try await billgate.call("PUT", one, #"{"number":"TEM-3"}"#).status == 400)
            let list = try await billgate.call("GET", "/v1/templates/invoices")
            #expect(list.texts("number", in: "invoice_templates") == ["TEM-2"])
            #expect(try await billgate.call("DELETE", one).status == 204)
            #expect(try await billgate.call("GET", one).status == 404)
        }
    }

    @Test("a monthly bill is made, found by what the list is narrowed by, and cancelled for good")
    func recurring() async throws {
        try await withBillgate { billgate async throws in
            let template = try await billgate.make("/v1/templates/invoices", BillgateExamples.template4900)
            let customer = try await billgate.make("/v1/customers", BillgateExamples.customer)
            let body = BillgateExamples.recurring(template: template, customer: customer)
            let made = try await billgate.call("POST", "/v1/recurring_invoices", body)
            #expect(made.status == 200 && made.json["status"] as? String == "active", "\(made.text)")
            #expect(made.json["end_date"] as? String == "2021-11-30" && made.json["cycle"] as? Int == 4)
            let one = "/v1/recurring_invoices/\(try #require(made.json["id"] as? String))"
            #expect(try await billgate.call("GET", one).text == made.text)
            let queries = [
                ("customer_id=\(customer)", 1), ("customer_id=x", 0), ("template_id=\(template)", 1),
                ("status=active", 1), ("status=canceled", 0),
            ]
            for (query, count) in queries {
                let list = try await billgate.call("GET", "/v1/recurring_invoices?\(query)")
                #expect(list.texts("number", in: "recurring_invoices").count == count, "\(query)")
            }
            #expect(try await billgate.call("DELETE", one).status == 204)
            #expect(try await billgate.call("DELETE", one).status == 404)
            let canceled = try await billgate.call("GET", one)
            #expect(canceled.json["status"] as? String == "canceled" && canceled.json["canceled_at"] is String)
        }
    }

    @Test("the token is the key until a new one is made, and nothing goes once it is revoked")
    func tokens() async throws {
        try await withBillgate { billgate async throws in
            #expect(try await billgate.call("GET", "/v1/tokens/authorized").status == 204)
            let first = try await billgate.call("GET", "/v1/tokens/access_token")
            #expect(first.json["access_token"] as? String == "billgate-simulator-key")
            let made = try await billgate.call("POST", "/v1/tokens/access_token")
            let key = try #require(made.json["access_token"] as? String)
            #expect(try await billgate.call("GET", "/v1/tokens/authorized").status == 401)
            #expect(try await billgate.call("GET", "/v1/tokens/authorized", key: key).status == 204)
            #expect(try await billgate.call("POST", "/v1/tokens/access_token/revoke", key: key).status == 204)
            #expect(try await billgate.call("GET", "/v1/tokens/authorized", key: key).status == 401)
        }
    }

    @Test("a token may be another thing than the key")
    func otherTokens() async throws {
        try await withBillgate({ $0.leeway.tokensAreKeys = false }) { billgate async throws in
            _ = try await billgate.call("POST", "/v1/tokens/access_token")
            #expect(try await billgate.call("POST", "/v1/tokens/access_token/revoke").status == 204)
            #expect(try await billgate.call("GET", "/v1/tokens/authorized").status == 204)
            #expect(try await billgate.call("GET", "/v1/tokens/access_token").status == 404)
        }
    }

    @Test("without the key nothing is looked at", arguments: BillgateSimulator.Operation.allCases)
    func key(operation: BillgateSimulator.Operation) async throws {
        try await withBillgate { billgate async throws in
            let path = operation.route.path.replacing("*", with: UUID().uuidString.lowercased())
            for key in [nil, "", "billgate-simulator-ke"] {
                let answer = try await billgate.call(operation.route.method, path, "{}", key: key)
                #expect(answer.status == 401)
            }
            #expect(await billgate.simulator.calls().map(\.operation) == [operation, operation, operation])
            #expect(await billgate.simulator.totals.refusals == 3)
        }
    }

    @Test(
        "what leads nowhere is told by its status",
        arguments: [
            ("GET", "/v1/nothing", 404), ("PATCH", "/v1/receipts", 405), ("PUT", "/v1/invoices/x", 405),
            ("POST", "/v1/invoices/x/paid/y", 404), ("GET", "/v1/receipts/", 404), ("GET", "/", 404),
            ("GET", "/v1/receipts/x", 404), ("GET", "/v1/templates/invoices/x", 400),
            ("GET", "/v1/templates/invoices/c6f3f207-169d-481c-882c-f50c5b85626d", 404),
            ("DELETE", "/v1/recurring_invoices/x", 400), ("GET", "/v1/invoices/x/transition_logs", 404),
        ])
    func nowhere(method: String, path: String, status: Int) async throws {
        try await withBillgate { billgate async throws in
            #expect(try await billgate.call(method, path).status == status)
        }
    }
}
