import Foundation
import Testing

@testable import Simulators

/// The simulator's own paths, as somebody uses them who has only HTTP.
@Suite(.timeLimit(.minutes(1)))
struct BillgateControlTests {
    private func withControl(_ body: (BillgateCaller) async throws -> Void) async throws {
        try await withBillgate({ $0.control = true }) { billgate async throws in try await body(billgate) }
    }

    private func send(
        _ billgate: BillgateCaller, _ method: String, _ path: String, _ body: String? = nil
    ) async throws -> BillgateCaller.Answer {
        try await billgate.call(method, "/simulator/" + path, body, key: nil)
    }

    @Test("every kind of fault comes back as it was set")
    func faults() async throws {
        try await withControl { billgate async throws in
            let faults = """
                [{"kind":"slow","milliseconds":3000},{"kind":"unavailable","retry_after":5,"status":503},\
                {"body":"no","kind":"refusal","status":422},{"kind":"lose_answer_before_acting","times":2},\
                {"kind":"lose_answer_after_acting","number":"1","operation":"createReceipt"},\
                {"kind":"act_later","milliseconds":60000},{"body":"{}","kind":"other_answer","status":201},{"kind":"garbage"},{"kind":"truncated"},\
                {"coding":"gzip","kind":"packed"},{"kind":"shareable_url","url":null},{"kind":"total","value":"1.50"}]
                """
            #expect(try await send(billgate, "PUT", "faults", faults).text == faults)
            #expect(try await send(billgate, "GET", "faults").text == faults)
            #expect(try await send(billgate, "DELETE", "faults").text == "[]")
        }
    }

    @Test("the leeway is changed one by one")
    func leeway() async throws {
        try await withControl { billgate async throws in
            let all = """
                {"account_status":402,"adds_address_members":true,"amounts":"exponent","customer_emails":"array",\
                "customer_list_lag_ms":1,"discount":"unit","filters_customer_code":false,"list_lag_ms":2,\
                "list_order":"unstable","list_total":"absent","list_zone":"utc","lost_at_borders":3,\
                "missing_reference":"absent","numbers":"exact","page_cap":50,"page_step":"absolute",\
                "pdf_delay_ms":null,"persons":"record","quotes_requests":true,"read_lag_ms":4,"reference_lag_ms":3,\
                "refusal_status":422,"taken_customer_code":"409","taken_number":"409","takes_every_transition":true,\
                "takes_negative_amounts":true,"tokens_are_keys":false,"total":"satang_more"}
                """
            #expect(try await send(billgate, "PATCH", "leeway", all).text == all)
            let changed = try await send(
                billgate, "PATCH", "leeway", #"{"account_status":null,"pdf_delay_ms":5,"page_cap":null}"#)
            #expect(changed.json["account_status"] is NSNull && changed.json["pdf_delay_ms"] as? Int == 5)
            #expect(changed.json["page_cap"] is NSNull && changed.json["list_lag_ms"] as? Int == 2)
            #expect(try await send(billgate, "GET", "leeway").text == changed.text)
        }
    }

    @Test("documents are seen with what was sent, and others make theirs")
    func documents() async throws {
        try await withControl { billgate async throws in
            _ = try await billgate.makeReceipt("1")
            _ = try await billgate.makeInvoice("1")
            #expect(try await send(billgate, "POST", "documents", #"{"count":3,"days":2}"#).status == 201)
            let found = try await send(billgate, "GET", "documents?number=1&kind=receipt")
            #expect(found.json["count"] as? Int == 1)
            let sent = BillgateExamples.receipt.replacing("RCP-000001", with: "1")
            #expect(found.texts("request", in: "documents") == [sent])
            let link = try #require(found.texts("shareable_url", in: "documents").first)
            #expect(try await RawExchange("GET", link).status == 200)
            #expect(try await send(billgate, "GET", "documents?limit=2").texts("id", in: "documents").count == 2)
            #expect(try await send(billgate, "GET", "documents").json["count"] as? Int == 5)
        }
    }

    @Test("calls are seen newest first, byte by byte")
    func calls() async throws {
        try await withControl { billgate async throws in
            try await billgate.call("GET", "/v1/receipts?limit=7")
            try await billgate.call("POST", "/v1/receipts", BillgateExamples.receipt)
            let calls = try await send(billgate, "GET", "calls?limit=2")
            #expect(calls.texts("operation", in: "calls") == ["createReceipt", "listReceipts"])
            #expect(calls.texts("target", in: "calls") == ["/v1/receipts", "/v1/receipts?limit=7"])
            #expect(calls.texts("body", in: "calls") == [BillgateExamples.receipt, ""])
            #expect(calls.texts("document_number", in: "calls") == ["RCP-000001", ""])
        }
    }

    @Test("a customer pays, the clock is turned, and all is counted")
    func rest() async throws {
        try await withControl { billgate async throws in
            _ = try await send(billgate, "PATCH", "leeway", #"{"list_lag_ms":60000}"#)
            let id = try await billgate.makeInvoice()
            _ = try await billgate.makeInvoice()
            #expect(try await send(billgate, "POST", "invoices/status", #"{"id":"\#(id)"}"#).status == 200)
            #expect(await billgate.simulator.document(.invoice, id)?.status == .pendingApproval)
            #expect(try await billgate.call("GET", "/v1/invoices").json["total"] as? Int == 0)
            #expect(try await send(billgate, "POST", "clock", #"{"advance_seconds":61}"#).status == 200)
            #expect(try await billgate.call("GET", "/v1/invoices").json["total"] as? Int == 2)
            let counters = try await send(billgate, "GET", "counters").json
            #expect(counters["documents"] as? [String: Int] == ["invoice": 2, "receipt": 0, "tax_invoice": 0])
            #expect(counters["numbers_made_twice"] as? [String] == ["INV-000001"])
            #expect(counters["emails_sent"] as? Int == 2)
            #expect((counters["calls"] as? [String: Int])?["all"] == 4)
        }
    }

    @Test(
        "what cannot be done is refused by its status",
        arguments: [
            ("PUT", "faults", "{}", 400), ("PUT", "faults", #"[{"kind":"x"}]"#, 400), ("POST", "faults", "[]", 405),
            ("PUT", "faults", #"[{"kind":"slow","milliseconds":1,"operation":"x"}]"#, 400),
            ("PUT", "faults", #"[{"kind":"total","value":"x"}]"#, 400), ("PATCH", "leeway", "[]", 400),
            ("PATCH", "leeway", #"{"list_order":"any"}"#, 400), ("PATCH", "leeway", #"{"page_cap":0}"#, 400),
            ("PATCH", "leeway", #"{"refusal_status":418}"#, 400),
            ("DELETE", "leeway", nil, 405), ("POST", "documents", "{}", 400), ("PUT", "documents", "{}", 405),
            ("GET", "documents?kind=x", nil, 400), ("GET", "calls?limit=0", nil, 400), ("POST", "calls", "{}", 405),
            ("POST", "invoices/status", #"{"id":"x"}"#, 404), ("GET", "invoices/status", nil, 405),
            ("POST", "clock", #"{"advance_seconds":-1}"#, 400), ("GET", "clock", nil, 405),
            ("POST", "counters", "{}", 405), ("GET", "nothing", nil, 404),
        ] as [(String, String, String?, Int)])
    func refused(method: String, path: String, body: String?, status: Int) async throws {
        try await withControl { billgate async throws in
            #expect(try await send(billgate, method, path, body).status == status)
        }
    }

    @Test("nothing of it is there unless the configuration says so", arguments: ["faults", "leeway", "documents"])
    func closed(path: String) async throws {
        try await withBillgate { billgate async throws in
            #expect(try await send(billgate, "GET", path).status == 403)
        }
    }
}
