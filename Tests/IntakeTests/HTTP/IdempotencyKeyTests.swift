import Foundation
import Intake
import Testing

@Suite(.timeLimit(.minutes(1))) struct IdempotencyKeyTests {
    private static func reprint(_ id: String, key: String?, _ body: String = "{}", more: String = "") -> String {
        let header = key.map { "Idempotency-Key: \($0)\r\n" } ?? ""
        return "POST /v1/sales/\(id)/reprint HTTP/1.1\r\nHost: pos\r\n\(header)\(more)"
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// The body of an answer.
    private static func body(_ answer: String) -> Substring {
        answer.range(of: "\r\n\r\n").map { answer[$0.upperBound...] } ?? ""
    }

    @Test("the same key has the same answer, byte for byte, and asks for one copy; without a key each asks for its own")
    func sameKey() async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            for id in ["A", "B"] {
                try await till.send(TestListener.post(id))
                await till.expect("HTTP/1.1 201")
            }
            try await till.send(Self.reprint("A", key: "copy-1"))
            let first = await till.answer()
            #expect(first.hasPrefix("HTTP/1.1 202"), "\(first)")
            // However the request says it: without a body a copy is asked for as well.
            for again in [#"{}"#, #"{"kind":"copy"}"#, #"{ "printer": null }"#] {
                try await till.send(Self.reprint("A", key: "copy-1", again))
                let answer = await till.answer()
                #expect(answer.hasPrefix("HTTP/1.1 202"), "\(answer)")
                #expect(answer.contains("Content-Type: application/json"))
                #expect(Self.body(answer) == Self.body(first))
            }
            #expect(try await listener.prints(of: "A") == 1)
            for (id, body) in [("B", "{}"), ("A", #"{"printer":"front"}"#), ("A", #"{"kind":"qr_slip"}"#)] {
                try await till.send(Self.reprint(id, key: "copy-1", body))
                let answer = await till.answer()
                #expect(answer.hasPrefix("HTTP/1.1 422"), "\(id) \(body): \(answer)")
                #expect(answer.contains("urn:kamkap:problem:invalid-request"))
                #expect(answer.contains("another request had this Idempotency-Key before"))
            }
            for key in ["copy-2", nil, nil] {
                try await till.send(Self.reprint("A", key: key))
                await till.expect("HTTP/1.1 202")
            }
            #expect(try await listener.prints(of: "A") == 4)
            #expect(try await listener.prints(of: "B") == 0)
            try? await till.close()
        }
    }

    @Test("a request that could not be done may come again under its key once it can")
    func notDone() async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(Self.reprint("A", key: "K"))
            await till.expect("HTTP/1.1 404")
            try await till.send(TestListener.post("A"))
            await till.expect("HTTP/1.1 201")
            // What is not in order is refused before the key counts.
            try await till.send(Self.reprint("A", key: "K", #"{"kind":"poster"}"#))
            await till.expect("HTTP/1.1 422")
            try await till.send(Self.reprint("A", key: "K"))
            await till.expect("HTTP/1.1 202")
            #expect(try await listener.prints(of: "A") == 1)
            try? await till.close()
        }
    }

    @Test(
        "a key is 1 to 128 visible ASCII characters, and there is one",
        arguments: [
            ("", "", "0 bytes"), (String(repeating: "k", count: 129), "", "129 bytes"), ("a b", "", "3 bytes"),
            ("กุญแจ", "", "visible ASCII"), ("a", "Idempotency-Key: a\r\n", "2 keys"), ("a\tb", "", "3 bytes"),
        ])
    func malformed(key: String, more: String, found: String) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(TestListener.post("A"))
            await till.expect("HTTP/1.1 201")
            try await till.send(Self.reprint("A", key: key, more: more))
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
            #expect(answer.contains("expected one key of 1 to 128 visible ASCII characters"), "\(answer)")
            #expect(answer.contains(found), "\(answer)")
            #expect(try await listener.prints(of: "A") == 0)
            try? await till.close()
        }
    }

    @Test(
        "every visible character may stand in a key, and it counts as it stands",
        arguments: [
            String(repeating: "k", count: 128), "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"",
            "!~#$%&'()*+,-./:;<=>?@[]^_`{|}",
        ])
    func wellFormed(key: String) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(TestListener.post("A"))
            await till.expect("HTTP/1.1 201")
            for _ in 0..<2 {
                try await till.send(Self.reprint("A", key: key))
                await till.expect("HTTP/1.1 202")
            }
            try await till.send(Self.reprint("A", key: String(key.dropLast())))
            await till.expect("HTTP/1.1 202")
            #expect(try await listener.prints(of: "A") == 2)
            try? await till.close()
        }
    }
}
