import Foundation
import NIOHTTP1
import Testing

@testable import HTTPCalls

@Suite struct HTTPAnswerTests {
    @Test(
        "dates of HTTP headers are read, and nothing else",
        arguments: [("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Sat, 21 Nov 2026 00:09:07 GMT", 1_795_219_747)])
    func dates(text: String, seconds: Double) {
        #expect(HTTPDate.parse(text)?.timeIntervalSince1970 == seconds)
        #expect(HTTPDate.parse("yesterday") == nil)
    }

    @Test(
        "a wish to be left alone is read in seconds or as a date by the server's own clock",
        arguments: [
            (["Retry-After": "30"], Duration.seconds(30)), (["Retry-After": "99999999"], .seconds(86_400)),
            (["Retry-After": "soon"], nil), (["Retry-After": "-1"], nil), ([:], nil),
            (
                ["Retry-After": "Sun, 06 Nov 1994 08:50:37 GMT", "Date": "Sun, 06 Nov 1994 08:49:37 GMT"],
                .seconds(60)
            ),
            (["Retry-After": "Sun, 06 Nov 1994 08:50:37 GMT"], .zero),
        ])
    func retryAfter(headers: [String: String], expected: Duration?) {
        let answer = HTTPAnswer(status: 429, headers: HTTPHeaders(headers.map { ($0.key, $0.value) }), body: [])
        #expect(answer.retryAfter == expected)
    }
}
