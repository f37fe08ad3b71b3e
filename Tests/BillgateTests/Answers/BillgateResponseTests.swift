import JSON
import NIOHTTP1
import Sales
import Testing

@testable import Billgate
@testable import HTTPCalls

@Suite struct BillgateResponseTests {
    private func error(
        _ status: Int, _ body: String, to call: BillgateCall = .create(.receipt), headers: HTTPHeaders = [:]
    ) -> BillgateError? {
        do {
            _ = try BillgateResponse.object(
                of: HTTPAnswer(status: status, headers: headers, body: Array(body.utf8)), to: call, hiding: "secret-key"
            )
            return nil
        } catch { return error }
    }

    @Test("only the documented status with an object is an answer")
    func documented() {
        #expect(error(200, #"{"receipt_id":"x"}"#) == nil)
        #expect(error(202, "{}", to: .create(.invoice)) == nil)
        for (status, body) in [(200, ""), (200, "[]"), (200, "<html>"), (201, "{}"), (202, "{}"), (204, "")] {
            #expect(error(status, body)?.kind == .unintelligible, "\(status) \(body)")
        }
        #expect(error(200, "{}", to: .create(.invoice))?.kind == .unintelligible)
    }

    @Test("a probe wants no body, so a portal's page is no answer")
    func probe() {
        #expect(error(204, "", to: .probe) == nil && error(200, "", to: .probe) == nil)
        #expect(error(200, "<html>Welcome</html>", to: .probe)?.kind == .unintelligible)
        #expect(error(401, "", to: .probe)?.kind == .status(401))
    }

    @Test("a refusal keeps 500 characters of what it says, without our key and without links")
    func refusal() throws {
        let body = """
            {"error":"secret-key must not see\u{7}\\n https://billpouch.billme.co.th/136b24c1 or HTTP", "x":"\(String(repeating: "ก", count: 600))"}
            """
        let found = try #require(error(422, body, headers: ["Retry-After": "7"]))
        #expect(found.kind == .status(422) && found.retryAfter == .seconds(7))
        #expect(found.message.hasPrefix("Billgate answered HTTP 422, expected 200: {\"error\":\"… must not see"))
        #expect(!found.message.contains("secret-key") && !found.message.contains("billpouch"))
        #expect(!found.message.unicodeScalars.contains("\u{7}"))
        #expect(found.message.count < 560)
    }

    @Test(
        "no link is kept, however its slashes are written",
        arguments: [
            "https://", #"https:\/\/"#, #"https:\\/\\/"#, "HTTPS://", #"http:\/\/"#, #"https:\u002f\u002F"#,
            #"https:/\/"#,
        ])
    func links(scheme: String) throws {
        let body = #"{"url":"\#(scheme)billpouch.billme.co.th\/pouch\/136b24c1","next":1}"#
        let found = try #require(error(409, body))
        #expect(found.message == #"Billgate answered HTTP 409, expected 200: {"url":"…","next":1}"#)
    }

    @Test("bytes that are no text do no harm")
    func noText() {
        let answer = HTTPAnswer(status: 400, headers: [:], body: [0xFF, 0x00, 0xC3])
        #expect(throws: BillgateError.self) {
            try BillgateResponse.object(of: answer, to: .create(.receipt), hiding: "")
        }
    }

    @Test("a refusal says nothing of a buyer, and keeps the shop's own walk-in")
    func hiding() throws {
        let error = BillgateError(.status(422), "สมชาย หมายปอง at 123/456, 1234567851231; ลูกค้าทั่วไป")
        let event = try Fixture.event(more: #","buyer":\#(Fixture.citizen)"#)
        let buyer = RequestPerson(try #require(event.sale.buyer))
        #expect(error.hiding(buyer.json, unless: Fixture.walkIn).message == "… at …, …; ลูกค้าทั่วไป")
        #expect(error.hiding(RequestPerson(Fixture.walkIn).json, unless: Fixture.walkIn) == error)
    }
}
