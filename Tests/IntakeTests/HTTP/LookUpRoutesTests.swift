import Foundation
import Intake
import Testing

/// What the routes themselves check, before anything is passed on to the provider.
@Suite(.timeLimit(.minutes(1))) struct LookUpRoutesTests {
    private func request(_ method: String, _ path: String, _ body: String? = nil) -> String {
        let content = body.map { "Content-Type: application/json\r\nContent-Length: \($0.utf8.count)\r\n" } ?? ""
        return "\(method) \(path) HTTP/1.1\r\nHost: pos\r\n\(content)\r\n\(body ?? "")"
    }

    private func withTill(_ body: (Till) async throws -> Void) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(TestListener.post("X/1"))
            await till.expect("HTTP/1.1 201")
            try await body(till)
            try? await till.close()
        }
    }

    @Test(
        "tags have the limits of a sale's, and each fault has its place",
        arguments: [
            ("[]", ["\"\""]), ("{}", ["/tags"]), (#"{"tags":null}"#, ["/tags"]), (#"{"tags":"a"}"#, ["/tags"]),
            (#"{"tags":["a","b","c"]}"#, ["/tags"]), (#"{"tags":["a",7]}"#, ["/tags/1"]),
            (#"{"tags":[],"more":1}"#, ["/more"]),
            ("{\"tags\":[\"" + String(repeating: "ก", count: 101) + "\",null],\"x\":0}", ["/tags/0", "/tags/1", "/x"]),
        ])
    func tagFaults(body: String, pointers: [String]) async throws {
        try await withTill { till in
            try await till.send(request("PUT", "/v1/sales/X%2F1/tags", body))
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 422"), "\(answer)")
            for pointer in pointers { #expect(answer.contains(pointer), "\(answer)") }
            #expect(answer.components(separatedBy: "\"pointer\"").count == pointers.count + 1, "\(answer)")
        }
    }

    @Test("a sale that is not registered takes no tags, and has no documents")
    func notRegistered() async throws {
        try await withTill { till in
            try await till.send(
                request("PUT", "/v1/sales/X%2F1/tags", "{\"tags\":[\"\(String(repeating: "ก", count: 100))\",\"\"]}"))
            let refused = await till.answer()
            #expect(refused.hasPrefix("HTTP/1.1 409") && refused.contains("registration is pending"), "\(refused)")
            try await till.send(request("GET", "/v1/sales/X%2F1/documents"))
            let none = await till.answer()
            #expect(none.hasPrefix("HTTP/1.1 200") && none.hasSuffix("{\"documents\":[],\"prints\":[]}"), "\(none)")
            try await till.send(request("GET", "/v1/sales/X%2F1/documents/X%2F1D1.pdf"))
            await till.expect("HTTP/1.1 404")
            try await till.send(request("GET", "/v1/sales/X%2F1/documents/latest.pdf"))
            let notYet = await till.answer()
            #expect(notYet.hasPrefix("HTTP/1.1 503") && notYet.contains("Not made yet"), "\(notYet)")
            #expect(notYet.lowercased().contains("retry-after: 10"), "\(notYet)")
        }
    }

    @Test(
        "an unknown sale, and an id that no document has, are not found",
        arguments: [
            "/v1/sales/none/documents", "/v1/sales/none/documents/latest.pdf", "/v1/sales/none/transaction",
            "/v1/sales/X%2F1/documents/...pdf", "/v1/sales/X%2F1/documents/a%20b.xml", "/v1/sales/X%2F1/documents/.pdf",
            "/v1/sales/X%2F1/documents/%2E%2E%2Fetc.pdf", "/v1/sales/X%2F1/documents/latest.exe",
        ])
    func notFound(path: String) async throws {
        try await withTill { till in
            try await till.send(request("GET", path))
            await till.expect("HTTP/1.1 404")
        }
    }

    @Test(
        "transactions are listed by a tag, and in no other way",
        arguments: [
            "", "?tag=", "?include_documents=all", "?tag=a&include_documents=some", "?tag=a&more=1", "?tag=a&tag=b",
            "?tag=\(String(repeating: "a", count: 101))",
        ])
    func tagQueries(query: String) async throws {
        try await withTill { till in
            try await till.send(request("GET", "/v1/transactions\(query)"))
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 400") && answer.contains("invalid-request"), "\(answer)")
        }
    }
}
