import Foundation
import RemoteServices
import TestNetwork
import Testing

@testable import OCRInvoice

/// Every request, byte by byte as it leaves.
@Suite(.timeLimit(.minutes(1))) struct RequestsOnTheWireTests {
    private typealias Act = @Sendable (OCRInvoiceService) async throws -> Void

    private static let body = String(
        decoding: (try? Fixture.form().bytes(with: Fixture.link())) ?? [], as: UTF8.self)

    /// What is done, the line of its first request, and its body.
    private static let acts: [(act: Act, line: String, body: String)] = [
        ({ _ = await $0.probe() }, "GET /base/ocr-invoice-job?limit=1", ""),
        ({ _ = try? await $0.list() }, "GET /base/ocr-invoice-job?limit=50&offset=0", ""),
        (
            { _ = try? await $0.list(search: "a&b c/ก", from: 7, size: 999) },
            "GET /base/ocr-invoice-job?limit=100&offset=7&search=a%26b%20c%2F%E0%B8%81", ""
        ),
        (
            { _ = try? await $0.find(try Fixture.form()) },
            "GET /base/ocr-invoice-job?limit=100&offset=0&search=KK-00001-00010203040506070809", ""
        ),
        ({ _ = await $0.create(try Fixture.form(), at: try Fixture.link()) }, "POST /base/ocr-invoice-job", body),
        ({ _ = await $0.show("a/b", of: try Fixture.form()) }, "GET /base/ocr-invoice-job/a%2Fb", ""),
        (
            { _ = await $0.update("64f0", try Fixture.form(), at: try Fixture.link()) },
            "PUT /base/ocr-invoice-job/64f0",
            body
        ),
        ({ _ = await $0.process("64f0", of: try Fixture.form()) }, "POST /base/ocr-invoice-job/64f0/process", ""),
        ({ _ = await $0.results("64f0", of: try Fixture.form()) }, "GET /base/ocr-invoice-job/64f0/results", ""),
        ({ _ = await $0.remove("64f0") }, "DELETE /base/ocr-invoice-job/64f0", ""),
    ]

    @Test("each call is one request with the key in its header, and its body if it has one", arguments: acts.indices)
    func requests(index: Int) async throws {
        let (act, line, body) = Self.acts[index]
        let answer = "HTTP/1.1 418 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.open(.answer(answer)) { server in
            try await withService(at: "http://127.0.0.1:\(server.port)/base/") { service in try await act(service) }
            let sent = String(decoding: server.received, as: UTF8.self)
            let (head, rest) = try #require(split(sent))
            let lines = head.components(separatedBy: "\r\n")
            #expect(lines.first == line + " HTTP/1.1")
            var headers = ["api-key: supplier-ocr-simulator-key", "Accept: application/json", "User-Agent: Kamkap"]
            if !body.isEmpty { headers += ["Content-Type: application/json", "content-length: \(body.utf8.count)"] }
            for header in headers { #expect(lines.contains { $0.lowercased() == header.lowercased() }, "\(header)") }
            #expect(rest == body)
            // Another reader than ours takes the body for the page's, key by key.
            if !body.isEmpty {
                let read = try JSONSerialization.jsonObject(with: Data(rest.utf8)) as? [String: Any]
                let page: Set = [
                    "jobNumber", "documentName", "documentUrl", "documentType", "template", "group", "priority",
                    "createdBy", "metadata",
                ]
                #expect(Set(try #require(read).keys).isSubset(of: page))
                #expect(["jobNumber", "documentName", "documentUrl", "template"].allSatisfy { read?[$0] is String })
            }
        }
    }

    private func split(_ sent: String) -> (head: String, rest: String)? {
        guard let end = sent.range(of: "\r\n\r\n") else { return nil }
        return (String(sent[..<end.lowerBound]), String(sent[end.upperBound...]))
    }
}
