import Foundation
import Testing

@testable import Simulators

/// The simulator's own paths, as somebody uses them who has only HTTP.
@Suite(.timeLimit(.minutes(1)))
struct SlimeControlTests {
    private func withControl(_ body: (SlimeCaller) async throws -> Void) async throws {
        try await withSlime({
            $0.control = true
            $0.documents.delay = nil
        }) { slime async throws in
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a")).code == "success")
            try await body(slime)
        }
    }

    private func send(
        _ slime: SlimeCaller, _ method: String, _ path: String, _ body: String? = nil
    ) async throws -> (status: Int, json: [String: Any]) {
        let answer = try await slime.request(method, slime.base + "/simulator/" + path, body: body)
        return (answer.status, answer.json as? [String: Any] ?? [:])
    }

    @Test("a customer's document is made, ended, fetched and counted")
    func life() async throws {
        try await withControl { slime async throws in
            let made = try await send(slime, "POST", "documents", #"{"transaction_id":"a"}"#)
            let document = try #require((made.json["documents"] as? [[String: Any]])?.first)
            #expect(made.status == 201 && document["id"] as? String == "aD1" && document["ready"] as? Bool == false)
            #expect(try await send(slime, "POST", "documents/ready", #"{"document_id":"aD1"}"#).status == 200)
            let location = try await slime.location(.downloadPDF, #"{"document_id":"aD1"}"#)
            #expect(try await RawExchange("GET", location).status == 200)
            let one = try await send(slime, "GET", "documents?id=aD1").json
            let pdf = try #require(one["pdf"] as? [String: Int])
            #expect(pdf == ["locations": 1, "begun": 1, "whole": 1])
            let counters = try await send(slime, "GET", "counters").json
            #expect(counters["transactions"] as? [String: Int] == [SlimeCaller.stub: 1])
            #expect(counters["documents"] as? [String: Int] == ["all": 1, "ready": 1])
            #expect(counters["files"] as? [String: Int] == ["begun": 1, "whole": 1, "fetched_twice": 0])
            #expect((counters["calls"] as? [String: Int])?["all"] == 2)
        }
    }

    @Test("a buyer is named as the API names one, and refused alike")
    func buyer() async throws {
        try await withControl { slime async throws in
            let buyer = SlimeSimulator.usualBuyer
            let body = #"{"transaction_id":"a","buyer_info":\#(buyer)}"#
            #expect(try await send(slime, "POST", "documents", body).status == 201)
            let wrong = body.replacing("1111111111119", with: "1111111111118")
            #expect(try await send(slime, "POST", "documents", wrong).status == 400)
            #expect(await slime.simulator.documents().count == 1)
        }
    }

    @Test("other stores make documents, and all are listed newest first")
    func otherStores() async throws {
        try await withControl { slime async throws in
            #expect(try await send(slime, "POST", "documents", #"{"other_stores":3}"#).status == 201)
            #expect(try await send(slime, "POST", "documents", #"{"transaction_id":"a"}"#).status == 201)
            let list = try await send(slime, "GET", "documents?limit=2").json["documents"] as? [[String: Any]]
            #expect(list?.count == 2 && list?.first?["id"] as? String == "aD1")
            #expect(
                try await send(slime, "POST", "documents/ready").json["documents"] as? [String: Int] == [
                    "all": 4, "ready": 4,
                ])
        }
    }

    @Test("the rules of documents are changed one by one")
    func rules() async throws {
        try await withControl { slime async throws in
            let before = try await send(slime, "GET", "document-rules").json
            #expect(before["delay_ms"] is NSNull && before["pdf_size"] as? Int == 4096)
            let change = """
                {"delay_ms":50,"pdf_size":5000,"xml_size":6000,"location_lifetime_ms":7000,"locations_serve_once":true,
                 "expired_status":410,"redirect_status":302,"unready_members":"absent",
                 "missing_document":"DocumentPending","unknown_transaction":"NotFound"}
                """
            let changed = try await send(slime, "PATCH", "document-rules", change)
            let sent = try JSONSerialization.jsonObject(with: Data(change.utf8)) as? NSDictionary
            #expect(changed.status == 200 && changed.json as NSDictionary == sent)
            let forever = try await send(slime, "PATCH", "document-rules", #"{"delay_ms":null}"#).json
            #expect(forever["delay_ms"] is NSNull && forever["pdf_size"] as? Int == 5000)
        }
    }

    @Test("the clock is turned on and tokens go stale")
    func clock() async throws {
        try await withControl { slime async throws in
            let from = #"{"from":"2026-01-01T00:00:00Z"}"#
            let stream = "trading-document/stream-generated"
            let token = try #require(
                try await slime.call(stream, from).data["continuation_token"] as? String)
            #expect(try await send(slime, "DELETE", "continuation-tokens").status == 200)
            let stale = try await slime.call(stream, #"{"continuation_token":"\#(token)"}"#)
            #expect(stale.code == "InvalidContinuationToken")
            _ = try await send(slime, "PATCH", "document-rules", #"{"delay_ms":3600000}"#)
            _ = try await send(slime, "POST", "documents", #"{"transaction_id":"a"}"#)
            #expect(try await send(slime, "POST", "clock", #"{"advance_seconds":3601}"#).status == 200)
            let shown = try await send(slime, "GET", "documents?id=aD1").json
            #expect(shown["ready"] as? Bool == true)
        }
    }

    @Test(
        "what cannot be done is refused by its status",
        arguments: [
            ("POST", "documents", #"{"transaction_id":"b"}"#, 404), ("POST", "documents", "{}", 400),
            ("POST", "documents", "[]", 400), ("POST", "documents", "{", 400),
            ("POST", "documents", #"{"other_stores":0}"#, 400), ("PUT", "documents", "{}", 405),
            ("GET", "documents?id=x", nil, 404), ("GET", "documents?limit=0", nil, 400),
            ("POST", "documents/ready", #"{"document_id":"x"}"#, 404), ("GET", "documents/ready", nil, 405),
            ("PATCH", "document-rules", #"{"delay_ms":-1}"#, 400),
            ("PATCH", "document-rules", #"{"expired_status":418}"#, 400),
            ("PATCH", "document-rules", #"{"unready_members":"maybe"}"#, 400),
            ("DELETE", "document-rules", nil, 405), ("GET", "clock", nil, 405),
            ("POST", "clock", #"{"advance_seconds":-1}"#, 400), ("GET", "continuation-tokens", nil, 405),
            ("POST", "counters", "{}", 405), ("GET", "transactions?limit=1001", nil, 400), ("GET", "nothing", nil, 404),
        ] as [(String, String, String?, Int)])
    func refused(method: String, path: String, body: String?, status: Int) async throws {
        try await withControl { slime async throws in
            #expect(try await send(slime, method, path, body).status == status)
        }
    }

    @Test("nothing of it is there unless the configuration says so", arguments: ["documents", "counters", "clock"])
    func closed(path: String) async throws {
        try await withSlime { slime async throws in
            #expect(try await send(slime, "GET", path).status == 403)
        }
    }
}
