import Foundation
import Testing

@testable import Simulators

/// The simulator's own paths, as somebody uses them who has only HTTP.
@Suite(.timeLimit(.minutes(1)))
struct SupplierOCRControlTests {
    private func withControl(_ body: (SupplierOCRCaller) async throws -> Void) async throws {
        try await withSupplierOCR({ $0.control = true }) { ocr async throws in try await body(ocr) }
    }

    private func send(
        _ ocr: SupplierOCRCaller, _ method: String, _ path: String, _ body: String? = nil
    ) async throws -> SupplierOCRCaller.Answer {
        try await ocr.send(method, "/simulator/" + path, body, headers: [:])
    }

    @Test("every kind of fault comes back as it was set")
    func faults() async throws {
        try await withControl { ocr async throws in
            let faults = """
                [{"kind":"slow","milliseconds":3000},{"kind":"unavailable","retry_after":5,"status":503},\
                {"body":"no","kind":"refusal","status":422},{"kind":"lose_answer_before_acting","times":2},\
                {"kind":"lose_answer_after_acting","number":"1","operation":"create"},\
                {"kind":"act_later","milliseconds":60000},{"body":"{}","kind":"other_answer","status":201},\
                {"kind":"garbage"},{"kind":"truncated"},{"kind":"endless"},{"kind":"drip"},\
                {"coding":"gzip","kind":"packed"},{"kind":"results","text":"null"},{"kind":"status","word":"chewing"}]
                """
            #expect(try await send(ocr, "PUT", "faults", faults).text == faults)
            #expect(try await send(ocr, "GET", "faults").text == faults)
            #expect(try await send(ocr, "DELETE", "faults").text == "[]")
        }
    }

    @Test("the leeway is changed one by one")
    func leeway() async throws {
        try await withControl { ocr async throws in
            let all = """
                {"account_status":402,"early_results":"200","fetching":"create","has_completion":false,\
                "has_metadata":false,"has_numeric_times":true,"has_progress":false,"has_url":false,"honours_filter":false,"honours_sort":false,"id":"id",\
                "list_lag_ms":5,"list_order":"shuffled","list_total":"page","numbers":"own","page_cap":7,"polls":3,\
                "quotes_requests":true,"refusal_status":200,"repeated_process":"accepted","search":"ignored",\
                "taken_number":"200","update_resets":false,"words":"odd"}
                """
            #expect(try await send(ocr, "PATCH", "leeway", all).text == all)
            let changed = try await send(ocr, "PATCH", "leeway", #"{"account_status":null,"page_cap":null,"polls":0}"#)
            #expect(changed.json["account_status"] is NSNull && changed.json["page_cap"] is NSNull)
            #expect(changed.json["polls"] as? Int == 0 && changed.json["words"] as? String == "odd")
            #expect(try await send(ocr, "GET", "leeway").text == changed.text)
        }
    }

    @Test("jobs are seen with what was sent, others make theirs, and calls are seen newest first")
    func jobs() async throws {
        try await withControl { ocr async throws in
            _ = try await ocr.make("1")
            try await ocr.call("GET", "?limit=7")
            #expect(try await send(ocr, "POST", "jobs", #"{"count":3}"#).status == 201)
            let found = try await send(ocr, "GET", "jobs?number=1")
            #expect(found.json["count"] as? Int == 1)
            #expect(found.texts("request", in: "jobs") == [SupplierOCRCaller.job("1")])
            #expect(try await send(ocr, "GET", "jobs?limit=2").texts("number", in: "jobs") == ["OTHER-4", "OTHER-3"])
            let calls = try await send(ocr, "GET", "calls?limit=2")
            #expect(calls.texts("operation", in: "calls") == ["list", "create"])
            #expect(calls.texts("target", in: "calls") == ["/ocr-invoice-job?limit=7", "/ocr-invoice-job"])
            #expect(calls.texts("body", in: "calls") == ["", SupplierOCRCaller.job("1")])
        }
    }

    @Test("results are set, the clock is turned, and all is counted")
    func rest() async throws {
        try await withControl { ocr async throws in
            _ = try await send(ocr, "PATCH", "leeway", #"{"list_lag_ms":60000,"taken_number":"allowed"}"#)
            #expect(
                try await send(ocr, "PUT", "results", #"{"number":"OCR-2023-001","results":{"a":1}}"#).status == 200)
            let id = try await ocr.make()
            _ = try await ocr.make()
            #expect(try await ocr.call("GET").json["total"] as? Int == 0)
            #expect(try await send(ocr, "POST", "clock", #"{"advance_seconds":61}"#).status == 200)
            #expect(try await ocr.call("GET").json["total"] as? Int == 2)
            try await ocr.call("POST", "/\(id)/process")
            let counters = try await send(ocr, "GET", "counters").json
            #expect(counters["jobs"] as? Int == 2 && counters["processed"] as? Int == 1)
            #expect(counters["fetched"] as? Int == 1 && (counters["calls"] as? [String: Int])?["all"] == 5)
            #expect(counters["numbers_made_twice"] as? [String] == ["OCR-2023-001"])
        }
    }

    @Test(
        "what cannot be done is refused by its status",
        arguments: [
            ("PUT", "faults", "{}", 400), ("PUT", "faults", #"[{"kind":"x"}]"#, 400), ("POST", "faults", "[]", 405),
            ("PUT", "faults", #"[{"kind":"slow","milliseconds":1,"operation":"x"}]"#, 400),
            ("PUT", "faults", #"[{"kind":"status"}]"#, 400), ("PATCH", "leeway", "[]", 400),
            ("PATCH", "leeway", #"{"list_order":"any"}"#, 400), ("PATCH", "leeway", #"{"page_cap":0}"#, 400),
            ("PATCH", "leeway", #"{"refusal_status":418}"#, 400), ("PATCH", "leeway", #"{"polls":-1}"#, 400),
            ("DELETE", "leeway", nil, 405), ("POST", "jobs", "{}", 400), ("PUT", "jobs", "{}", 405),
            ("GET", "jobs?limit=0", nil, 400), ("GET", "calls?limit=0", nil, 400), ("POST", "calls", "{}", 405),
            ("PUT", "results", "{}", 400), ("GET", "results", nil, 405),
            ("POST", "clock", #"{"advance_seconds":-1}"#, 400), ("GET", "clock", nil, 405),
            ("POST", "counters", "{}", 405), ("GET", "nothing", nil, 404),
        ] as [(String, String, String?, Int)])
    func refused(method: String, path: String, body: String?, status: Int) async throws {
        try await withControl { ocr async throws in
            #expect(try await send(ocr, method, path, body).status == status)
        }
    }

    @Test("nothing of it is there unless the configuration says so", arguments: ["faults", "leeway", "jobs"])
    func closed(path: String) async throws {
        try await withSupplierOCR { ocr async throws in
            #expect(try await send(ocr, "GET", path).status == 403)
        }
    }

    @Test(
        "a configuration that cannot work is refused",
        arguments: [
            { $0.key = "" }, { $0.resource = "jobs" }, { $0.resource = "/jobs/" }, { $0.processPath = "" },
            { $0.resultsPath = "process" }, { $0.port = 70_000 }, { $0.leeway.refusalStatus = 404 },
        ] as [@Sendable (inout SupplierOCRSimulator.Configuration) -> Void])
    func unusable(change: @Sendable (inout SupplierOCRSimulator.Configuration) -> Void) async throws {
        var configuration = SupplierOCRSimulator.Configuration()
        change(&configuration)
        let simulator = SupplierOCRSimulator(configuration: configuration)
        await #expect(throws: SimulatorError.self) { try await simulator.run() }
    }
}
