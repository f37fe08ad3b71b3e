import JSON
import NIOHTTP1
import Testing

@testable import HTTPCalls
@testable import ScanlyIQ

@Suite struct ScanlyIQResponseTests {
    private func error(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) -> ScanlyIQError? {
        do {
            _ = try ScanlyIQResponse.object(
                of: HTTPAnswer(status: status, headers: headers, body: Array(body.utf8)), hiding: "b2t_live_secret")
            return nil
        } catch { return error }
    }

    @Test("success with an object is an answer: which status says success is open")
    func documented() {
        for status in [200, 201, 202] { #expect(error(status, "{}") == nil) }
        for body in ["", "[]", "<html>", "{"] { #expect(error(200, body)?.kind == .unintelligible) }
        #expect(error(302, "{}")?.kind == .status(302))
    }

    @Test("a refusal keeps 500 characters, without our key, links, accounts and addresses")
    func refusal() throws {
        let body = """
            {"error":"b2t_live_secret no\u{7} https://x.example/a 123-4-56789-0 a@b.example", "x":"\(String(repeating: "ก", count: 600))"}
            """
        let found = try #require(error(429, body, headers: ["Retry-After": "7"]))
        #expect(found.retryAfter == .seconds(7))
        #expect(found.message.hasPrefix(#"ScanlyIQ answered HTTP 429: {"error":"… no  … … …""#), "\(found.message)")
        #expect(!found.message.contains("secret") && found.message.count < 560)
    }

    @Test("bytes that are no text do no harm")
    func noText() {
        let answer = HTTPAnswer(status: 400, headers: [:], body: [0xFF, 0x00, 0xC3])
        #expect(throws: ScanlyIQError.self) { try ScanlyIQResponse.object(of: answer, hiding: "") }
    }
}
