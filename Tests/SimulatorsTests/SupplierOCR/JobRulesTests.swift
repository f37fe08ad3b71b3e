import Foundation
import Testing

@testable import Simulators

/// Each rule of the page's schemas.
@Suite(.timeLimit(.minutes(1)))
struct JobRulesTests {
    private typealias Change = (String, String)

    private static let requiredMembers = ["jobNumber", "documentName", "documentUrl", "template"]

    /// What is wrong with a body, as a change of the page's example.
    private static let wrongs: [Change] = [
        (#""documentType":"pdf""#, #""documentType":"webp""#), (#""documentType":"pdf""#, #""documentType":"PDF""#),
        (#""documentType":"pdf""#, #""documentType":null"#), (#""priority":"low""#, #""priority":"normal""#),
        (#""priority":"low""#, #""priority":1"#), (#""metadata":{}"#, #""metadata":[]"#),
        (#""metadata":{}"#, #""metadata":"x""#), ("http://127.0.0.1:9/x.pdf", "x.pdf"),
        ("http://127.0.0.1:9/x.pdf", "http://127.0.0.1:9/a b"), ("http://127.0.0.1:9/x.pdf", ""),
        ("http://127.0.0.1:9/x.pdf", "mailto:x"), (#""jobNumber":"OCR-2023-001""#, #""jobNumber":1"#),
        (#""jobNumber":"OCR-2023-001""#, #""jobNumber":" ""#), (#""group":"60f7b1b3e4b0e8b3f8b3f8b5""#, #""group":5"#),
        (#""createdBy":"60f7b1b3e4b0e8b3f8b3f8b6""#, #""createdBy":null"#), (#""metadata":{}}"#, #""metadata":{}"#),
        (#""metadata":{}}"#, #""metadata":{},"metadata":{}}"#), (SupplierOCRCaller.job(), "[]"),
        (SupplierOCRCaller.job(), ""),
    ]

    @Test("the page's example is accepted and comes back", arguments: ["POST", "PUT"])
    func example(method: String) async throws {
        try await withSupplierOCR { ocr async throws in
            let id = method == "PUT" ? "/" + (try await ocr.make("other")) : ""
            let answer = try await ocr.call(method, id, SupplierOCRCaller.job())
            #expect(answer.status == 200 && answer.isSuccess == true)
            #expect(
                answer.data["jobNumber"] as? String == "OCR-2023-001" && answer.data["status"] as? String == "created")
            #expect(answer.data["priority"] as? String == "low")
        }
    }

    @Test("what may be left out may be left out, and a job without a priority has the middle one")
    func optional() async throws {
        try await withSupplierOCR { ocr async throws in
            let body = """
                {"jobNumber":"1","documentName":"a","documentUrl":"https://localhost/a","template":"t"}
                """
            let answer = try await ocr.call("POST", "", body)
            #expect(answer.data["priority"] as? String == "medium" && answer.data["documentType"] == nil)
        }
    }

    @Test("without a required member nothing is made", arguments: requiredMembers, ["POST", "PUT"])
    func missing(member: String, method: String) async throws {
        try await withSupplierOCR { ocr async throws in
            let id = method == "PUT" ? "/" + (try await ocr.make("other")) : ""
            var body = try #require(
                try JSONSerialization.jsonObject(with: Data(SupplierOCRCaller.job().utf8)) as? [String: Any])
            body[member] = nil
            let text = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
            let answer = try await ocr.call(method, id, text)
            #expect(answer.status == 400 && answer.isSuccess == false)
            #expect((answer.json["message"] as? String ?? "").contains(member))
            #expect(await ocr.simulator.madeByNumber()["OCR-2023-001"] == nil)
        }
    }

    @Test("every other fault of a body is refused", arguments: wrongs.indices, ["POST", "PUT"])
    func faults(index: Int, method: String) async throws {
        try await withSupplierOCR { ocr async throws in
            let id = method == "PUT" ? "/" + (try await ocr.make("other")) : ""
            let (from, to) = Self.wrongs[index]
            let body = SupplierOCRCaller.job().replacing(from, with: to)
            #expect(body != SupplierOCRCaller.job())
            let answer = try await ocr.call(method, id, body)
            #expect(answer.status == 400 && answer.isSuccess == false, "\(body): \(answer.text)")
            #expect(await ocr.simulator.jobs(numbered: "OCR-2023-001").isEmpty)
        }
    }

    @Test(
        "parameters of the list have bounds",
        arguments: [
            ("limit=0", 400), ("limit=101", 400), ("limit=x", 400), ("limit=1", 200), ("limit=100", 200),
            ("offset=-1", 400), ("offset=0", 200), ("order=up", 400), ("order=asc", 200), ("filter=x", 400),
            ("filter=%5B%5D", 400), ("filter=%7B%7D", 200), ("sort=anything", 200), ("search=", 200),
        ])
    func query(text: String, status: Int) async throws {
        try await withSupplierOCR { ocr async throws in
            #expect(try await ocr.call("GET", "?" + text).status == status)
        }
    }

    @Test(
        "a key, a path, a method and a type are right or refused",
        arguments: [
            ("GET", "", "wrong", 401), ("GET", "", nil, 401), ("GET", "/x", "wrong", 401),
            ("PATCH", "", "supplier-ocr-simulator-key", 405), ("PUT", "", "supplier-ocr-simulator-key", 405),
            ("GET", "/x", "supplier-ocr-simulator-key", 404), ("DELETE", "/x", "supplier-ocr-simulator-key", 404),
            ("GET", "/x/process", "supplier-ocr-simulator-key", 405),
            ("POST", "/x/results", "supplier-ocr-simulator-key", 405),
            ("POST", "/x/process", "supplier-ocr-simulator-key", 404),
            ("GET", "/x/elsewhere", "supplier-ocr-simulator-key", 404),
            ("GET", "s", "supplier-ocr-simulator-key", 404),
        ] as [(String, String, String?, Int)])
    func access(method: String, path: String, key: String?, status: Int) async throws {
        try await withSupplierOCR { ocr async throws in
            let answer = try await ocr.call(method, path, key: key)
            #expect(answer.status == status && answer.isSuccess == false)
        }
    }

    @Test("a body of another type is not read")
    func type() async throws {
        try await withSupplierOCR { ocr async throws in
            #expect(try await ocr.call("POST", "", SupplierOCRCaller.job(), type: "text/plain").status == 415)
            #expect(try await ocr.call("POST", "", SupplierOCRCaller.job(), type: nil).status == 415)
        }
    }

    @Test("header and paths are where the configuration has them")
    func names() async throws {
        try await withSupplierOCR({
            ($0.keyHeader, $0.resource) = ("X-Key", "/v2/ocr/jobs")
            ($0.processPath, $0.resultsPath) = ("run/now", "output")
        }) { ocr async throws in
            let headers = ["x-key": "supplier-ocr-simulator-key", "content-type": "application/json"]
            let made = try await ocr.send("POST", "/v2/ocr/jobs", SupplierOCRCaller.job(), headers: headers)
            let id = try #require(made.data["_id"] as? String)
            #expect(try await ocr.send("POST", "/v2/ocr/jobs/\(id)/run/now", nil, headers: headers).status == 200)
            #expect(try await ocr.send("GET", "/v2/ocr/jobs/\(id)/output", nil, headers: headers).status == 409)
            #expect(try await ocr.send("GET", "/v2/ocr/jobs/\(id)/results", nil, headers: headers).status == 404)
            #expect(try await ocr.call("GET").status == 404)
        }
    }

    @Test(
        "a number that is taken is refused in each way",
        arguments: [
            (SupplierOCRSimulator.Leeway.TakenNumber.conflict, 409, false), (.badRequest, 400, false),
            (.refusal, 200, false), (.allowed, 200, true),
        ])
    func taken(rule: SupplierOCRSimulator.Leeway.TakenNumber, status: Int, isMade: Bool) async throws {
        try await withSupplierOCR({ $0.leeway.takenNumber = rule }) { ocr async throws in
            let id = try await ocr.make()
            let other = try await ocr.make("other")
            let again = try await ocr.call("POST", "", SupplierOCRCaller.job())
            #expect(again.status == status && again.isSuccess == isMade)
            #expect(await ocr.simulator.numbersMadeTwice() == (isMade ? ["OCR-2023-001"] : []))
            // Its own number is free for a job that is changed; another's is not.
            if !isMade { #expect(try await ocr.call("PUT", "/\(id)", SupplierOCRCaller.job()).isSuccess == true) }
            #expect(try await ocr.call("PUT", "/\(other)", SupplierOCRCaller.job()).isSuccess == isMade)
        }
    }

    @Test(
        "a refusal is 422 or in a 2xx where the leeway says so, and may quote the request", arguments: [400, 422, 200])
    func refusals(status: Int) async throws {
        try await withSupplierOCR({
            $0.leeway.refusalStatus = status
            $0.leeway.quotesRequests = true
        }) { ocr async throws in
            let answer = try await ocr.call("POST", "", #"{"jobNumber":"mine"}"#)
            #expect(answer.status == status && answer.isSuccess == false)
            #expect(answer.json["request"] as? String == #"{"jobNumber":"mine"}"#)
            #expect(await ocr.simulator.currentTotals.refusals == 1)
        }
    }
}
