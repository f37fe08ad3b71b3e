import NIOHTTP1
import Testing

@testable import HTTPCalls
@testable import OCRInvoice

@Suite struct OCRInvoiceEnvelopeTests {
    private func read(
        _ status: Int, _ body: String, to call: OCRInvoiceCall = .show, headers: HTTPHeaders = [:]
    ) throws -> Result<OCRInvoiceEnvelope, OCRInvoiceError> {
        let discretion = Discretion(
            hiding: try Fixture.key("secret-key"), CallSubject(try Fixture.form(), at: try Fixture.link()))
        do throws(OCRInvoiceError) {
            return .success(
                try OCRInvoiceEnvelope(
                    HTTPAnswer(status: status, headers: headers, body: Array(body.utf8)), to: call, discretion))
        } catch { return .failure(error) }
    }

    private func error(_ status: Int, _ body: String, to call: OCRInvoiceCall = .show) throws -> OCRInvoiceError? {
        if case .failure(let error) = try read(status, body, to: call) { error } else { nil }
    }

    @Test(
        "an answer is a 2xx with an envelope that says success",
        arguments: [
            (200, #"{"success":true,"data":{"_id":"1"}}"#, nil), (201, #"{"success":true}"#, nil),
            (200, #"{"success":false}"#, .refused), (200, #"{"success":false,"data":{"_id":"1"}}"#, .refused),
            (200, #"{"data":{}}"#, .unintelligible), (200, #"{"success":"true"}"#, .unintelligible),
            (200, #"{"success":null}"#, .unintelligible), (200, "[]", .unintelligible), (200, "", .unintelligible),
            (204, "", .unintelligible), (200, "<html>", .unintelligible),
            (200, #"{"success":true,"data"#, .unintelligible),
            (302, "", .status(302)), (404, #"{"success":true}"#, .status(404)),
        ] as [(Int, String, OCRInvoiceError.Kind?)])
    func envelope(status: Int, body: String, kind: OCRInvoiceError.Kind?) throws {
        #expect(try error(status, body)?.kind == kind)
    }

    @Test("a delete may be answered without a body")
    func delete() throws {
        #expect(try error(204, "", to: .delete) == nil)
        #expect(try error(200, "", to: .delete)?.kind == .unintelligible)
    }

    @Test(
        "a refusal says what its message says, wherever that is, and nothing else of the body",
        arguments: [
            (#"{"success":false,"message":"no such template","data":{"total":"1070.00"}}"#, "no such template"),
            (#"{"error":{"message":"bad type"}}"#, "bad type"), (#"{"errors":[{"msg":"a"},{"msg":"b"}]}"#, "a; b"),
            (#"{"error":"x\u0007y"}"#, "x y"), (#"{"data":{"supplier":"บริษัท"}}"#, ""), ("<html>บริษัท</html>", ""),
            (#"{"message":{"message":{"message":{"message":"deep"}}}}"#, ""), (#""just words""#, "just words"),
        ])
    func message(body: String, words: String) throws {
        for status in [200, 422] where status == 422 || body.contains("success") {
            let message = try #require(try error(status, body)).message
            let start = status == 200 ? "OCR Invoice refused it" : "OCR Invoice answered HTTP 422"
            #expect(message == start + (words.isEmpty ? "" : ": \(words)"))
        }
    }

    @Test(
        "no refusal shows our key, a link, or a part of one",
        arguments: [
            "key secret-key is wrong", "http://127.0.0.1:9/4f1c-secret/inv.pdf?X-Amz-Signature=abc is gone",
            "cannot get /4f1c-secret/inv.pdf", "X-Amz-Signature=abc expired", "GET https://other.example/4f1c-secret",
            #"https:\/\/other.example\/4f1c-secret"#, "https%3A%2F%2Fother.example%2F4f1c-secret",
            "http%3A%2F%2F127%2E0%2E0%2E1%3A9%2F4f1c%2Dsecret%2Finv%2Epdf%3FX%2DAmz%2DSignature%3Dabc",
            "token 4f1csecret4f1csecret4f1csecret4f1csecret",
        ])
    func discretion(words: String) throws {
        let body = "{\"success\":false,\"message\":\"\(words.replacing("\\", with: "\\\\"))\"}"
        for status in [200, 400, 500] {
            let message = try #require(try error(status, body)).message
            for secret in ["secret-key", "4f1c", "abc", "inv"] { #expect(!message.contains(secret), "\(message)") }
            #expect(message.contains("…"))
        }
    }

    @Test("a message has its bound, and so has the body that is looked through")
    func bounds() throws {
        let long = try #require(try error(400, "{\"message\":\"\(String(repeating: "ก ", count: 900))\"}")).message
        #expect(long.count < 560)
        let huge = "{\"message\":\"x\",\"rest\":\"\(String(repeating: "y", count: 70_000))\"}"
        #expect(try #require(try error(400, huge)).message == "OCR Invoice answered HTTP 400")
    }

    @Test("Retry-After is heard")
    func retryAfter() throws {
        guard case .failure(let error) = try read(429, "", headers: ["Retry-After": "7"]) else { throw FixtureError() }
        #expect(error.retryAfter == .seconds(7))
    }

    @Test(
        "data comes exactly as it stands in the answer, and null is none",
        arguments: [
            (#"{"success":true,"data":{ "b" : 1.50, "a":"ก\n" } }"#, #"{ "b" : 1.50, "a":"ก\n" }"#),
            (#"{ "data" : [1, 2],"success":true}"#, "[1, 2]"), (#"{"data":12.0e1 ,"success":true}"#, "12.0e1"),
            (#"{"data":true,"success":true}"#, "true"),
            (#"{"data":"}\",\"data\":1","success":true}"#, #""}\",\"data\":1""#),
            (#"{"success":true,"meta":{"data":1},"data":{"data":{"x":"]"}}}"#, #"{"data":{"x":"]"}}"#),
            (#"{"success":true,"x":"data","data":-1}"#, "-1"), (#"{"success":true,"d\u0061ta":{"a": 1}}"#, #"{"a":1}"#),
            (#"{"success":true,"data":null}"#, nil), (#"{"success":true}"#, nil),
        ] as [(String, String?)])
    func data(body: String, data: String?) throws {
        let found = try read(200, body).get().data
        #expect(found.map { String(decoding: $0, as: UTF8.self) } == data)
    }
}
