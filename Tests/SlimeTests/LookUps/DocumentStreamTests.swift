import Foundation
import JSON
import RemoteServices
import Sales
import Testing

@testable import Slime

@Suite struct DocumentStreamTests {
    private static let start = Date(timeIntervalSince1970: 1_724_177_442.9)
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func page(
        _ data: String, after request: ServiceRequest = DocumentStream.request(from: DocumentStreamTests.start)
    ) throws -> DocumentPage {
        guard case .object(let object) = try JSONParser.parse(Array(data.utf8)) else { throw FixtureError() }
        return try DocumentStream.page(
            AnswerReader(object: object, subject: .streamDocuments), answering: request, at: Self.now)
    }

    private func document(_ number: Int, readiedAt: String? = "2023-11-21T09:26:02Z") -> String {
        let readied = readiedAt.map { ",\"readied_at\":\"\($0)\"" } ?? ""
        return """
            {"id":"T\(number)D1","transaction_id":"T\(number)","sequence":1,"ready":true\(readied),"xml_size":12942,\
            "pdf_size":107229}
            """
    }

    private func answer(_ documents: [String], token: String? = "next-token") -> String {
        let token = token.map { ",\"continuation_token\":\"\($0)\"" } ?? ""
        return "{\"documents\":[\(documents.joined(separator: ","))]\(token)}"
    }

    private func text(_ request: ServiceRequest) -> String { String(decoding: request.bytes, as: UTF8.self) }

    @Test("the first request begins at a time, in whole seconds, and keeps that time")
    func first() {
        let request = DocumentStream.request(from: Self.start)
        #expect(text(request) == #"{"from":"2024-08-20T18:10:42Z","limit":100}"#)
        #expect(request.context == "2024-08-20T18:10:42Z")
    }

    @Test("a page gives its documents, and the next request with its token and the time of its last document")
    func next() throws {
        let page = try page(answer([document(1), document(2, readiedAt: "2024-08-21T00:00:05+07:00")]))
        #expect(page.documents.map(\.id.text) == ["T1D1", "T2D1"])
        #expect(page.documents.first?.transactionID == "T1")
        #expect(page.documents.first?.sizes == DocumentSizes(pdf: 107_229, xml: 12_942))
        #expect(page.documents.first?.readiedAt == Date(timeIntervalSince1970: 1_700_558_762))
        #expect(text(page.next) == #"{"continuation_token":"next-token","limit":100}"#)
        // Never back behind the time before.
        #expect(page.next.context == "2024-08-20T18:10:42Z")
        #expect(page.isLast && page.unreadable == 0)
        let later = try self.page(answer([document(3, readiedAt: "2025-01-01T00:00:00Z")]))
        #expect(later.next.context == "2025-01-01T00:00:00Z")
    }

    @Test("no document is taken to be readied after now, so a replay leaves nothing out")
    func future() throws {
        let page = try page(answer([document(1, readiedAt: "2999-01-01T00:00:00Z")]))
        #expect(page.next.context == Self.now.formatted(.iso8601))
    }

    @Test("a replay begins an hour before the last document, and no further back when it is refused again")
    func replay() throws {
        let page = try page(answer([document(1, readiedAt: "2025-01-01T12:00:00Z")]))
        let replay = try #require(DocumentStream.replay(of: page.next))
        #expect(text(replay) == #"{"from":"2025-01-01T11:00:00Z","limit":100}"#)
        #expect(DocumentStream.replay(of: replay) == replay)
        #expect(DocumentStream.replay(of: ServiceRequest(bytes: [], context: nil)) == nil)
        #expect(DocumentStream.replay(of: ServiceRequest(bytes: [], context: "yesterday")) == nil)
    }

    @Test("a full page is not the last, and one that leads back to itself is")
    func last() throws {
        let full = answer((1...200).map { document($0) })
        let first = try page(full)
        #expect(!first.isLast)
        #expect(try page(full, after: first.next).isLast)
        #expect(try page(answer([])).isLast)
    }

    @Test("the end of the stream needs no token: the same is asked again")
    func end() throws {
        let request = DocumentStream.request(from: Self.start)
        for data in [#"{"documents":[]}"#, #"{"documents":[],"continuation_token":null}"#] {
            let page = try page(data)
            #expect(page.next == request && page.isLast)
        }
    }

    @Test("a document that cannot be read is counted and passed over")
    func unreadable() throws {
        let page = try page(answer([document(1), #"{"id":"../etc"}"#, "7", document(2)]))
        #expect(page.documents.count == 2)
        #expect(page.unreadable == 2)
    }

    @Test(
        "an answer that is no page is refused, and its token is not repeated",
        arguments: [
            "{}", #"{"documents":null}"#, #"{"documents":{}}"#, #"{"documents":[],"continuation_token":""}"#,
            #"{"documents":[],"continuation_token":7}"#, #"{"documents":[7]}"#,
            #"{"documents":[],"continuation_token":"SECRET\#(String(repeating: "x", count: 20_000))"}"#,
        ])
    func noPage(data: String) throws {
        do {
            _ = try page(data)
            Issue.record("it was read")
        } catch let error as SlimeError {
            #expect(error.kind == .unintelligible)
            #expect(error.message.hasPrefix("Slime answered trading-document/stream-generated without a usable"))
            #expect(!error.message.contains("SECRET"))
        }
    }
}
