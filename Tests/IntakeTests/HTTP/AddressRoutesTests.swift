import Foundation
import GatewayAPI
import Intake
import JSON
import Testing

/// Questions for tambons, over a connection of their own.
@Suite(.timeLimit(.minutes(1))) struct AddressRoutesTests {
    private static let klongToei = "%E0%B8%84%E0%B8%A5%E0%B8%AD%E0%B8%87%E0%B9%80%E0%B8%95%E0%B8%A2"

    private static func answer(_ query: String, from till: Till) async throws -> (head: Substring, body: JSONValue) {
        try await till.send("GET /v1/addresses\(query) HTTP/1.1\r\nHost: pos\r\n\r\n")
        let answer = await till.answer()
        let end = try #require(answer.range(of: "\r\n\r\n"), "\(answer)")
        return (answer[..<end.lowerBound], try JSONParser.parse(Array(answer[end.upperBound...].utf8)))
    }

    private static func open(_ body: (Till) async throws -> Void) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await body(till)
            try? await till.close()
        }
    }

    @Test("a post code has its tambons, by their ids")
    func postCode() async throws {
        try await Self.open { till in
            let (head, body) = try await Self.answer("?post_code=10110", from: till)
            #expect(head.hasPrefix("HTTP/1.1 200"))
            #expect(head.contains("\r\nContent-Type: application/json"), "\(head)")
            let list = try AddressList(json: body)
            #expect(list.addresses.map(\.tambonID) == ["103301", "103302", "103303", "103901", "103902", "103903"])
            #expect(!list.more)
            let tambon = try #require(list.addresses.first)
            #expect(tambon.amphoeID == "1033" && tambon.changwatID == "10" && tambon.postCodes == ["10110"])
            #expect(tambon.tambon == PlaceNameResource(thai: "คลองเตย", english: "Khlong Toei"))
            #expect(tambon.amphoe == PlaceNameResource(thai: "คลองเตย", english: "Khlong Toei"))
            #expect(tambon.changwat == PlaceNameResource(thai: "กรุงเทพมหานคร", english: "Bangkok"))
            #expect(tambon.text.thai == "แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร")
        }
    }

    @Test(
        "a name is found in either language, percent-encoded or as a form encodes it",
        arguments: [
            klongToei, "Khlong%20Toei", "khlong+toei", "khlongtoei", "%20\(klongToei)%20", "\(klongToei)+10110",
        ])
    func name(text: String) async throws {
        try await Self.open { till in
            let list = try AddressList(json: try await Self.answer("?q=\(text)", from: till).body)
            #expect(list.addresses.first?.tambonID == "103301")
            #expect(!list.more)
        }
    }

    @Test(
        "no more are listed than were asked for, and whether there are more is told",
        arguments: [
            ("?post_code=10110&limit=2", 2, true), ("?post_code=10110&limit=6", 6, false), ("?q=mae", 50, true),
            ("?q=ban&limit=500", 500, true), ("?q=\(klongToei)&limit=4", 4, false),
            ("?q=\(klongToei)&limit=3", 3, true),
            ("?post_code=99999", 0, false), ("?q=zzz", 0, false), ("?q=%20", 0, false), ("?q=%FF%00", 0, false),
        ])
    func limit(query: String, count: Int, more: Bool) async throws {
        try await Self.open { till in
            let list = try AddressList(json: try await Self.answer(query, from: till).body)
            #expect(list.addresses.count == count)
            #expect(list.more == more)
        }
    }

    @Test(
        "a question that is not understood is answered with what is expected",
        arguments: [
            ("", "expected post_code, such as"), ("?", "expected post_code, such as"),
            ("?limit=5", "expected post_code, such as"), ("?post_code=10110&q=a", "found both"),
            ("?q=", "q: expected names of 1 to 200 characters, found 0"), ("?q", "found 0"),
            ("?q=" + String(repeating: "a", count: 201), "found 201"),
            ("?post_code=1011", "post_code: expected five digits, found \\\"1011\\\""),
            ("?post_code=101100", "five digits"), ("?post_code=", "five digits"), ("?post_code=1011x", "five digits"),
            ("?post_code=%E0%B9%91%E0%B9%90%E0%B9%91%E0%B9%91%E0%B9%90", "five digits"),
            ("?post_code=+10110", "five digits"),
            ("?post_code=10110&post_code=10110", "post_code: expected once"), ("?q=a&q=b", "q: expected once"),
            ("?q=a&limit=0", "limit: expected a number from 1 to 500"), ("?q=a&limit=501", "from 1 to 500"),
            ("?q=a&limit=-1", "from 1 to 500"), ("?q=a&limit=x", "from 1 to 500"), ("?q=a&limit=", "from 1 to 500"),
            ("?postcode=10110", "unknown parameter \\\"postcode\\\"; known here: limit, post_code, q"),
            ("?q=a&page=2", "unknown parameter"), ("?Q=a", "unknown parameter"),
        ])
    func refused(query: String, words: String) async throws {
        try await Self.open { till in
            let (head, body) = try await Self.answer(query, from: till)
            #expect(head.hasPrefix("HTTP/1.1 400"), "\(head)")
            #expect(try Problem(json: body).kind == .invalidRequest)
            #expect(body.text.contains(words), "\(body.text)")
            // The same connection goes on.
            #expect(try await Self.answer("?post_code=20180", from: till).head.hasPrefix("HTTP/1.1 200"))
        }
    }
}
