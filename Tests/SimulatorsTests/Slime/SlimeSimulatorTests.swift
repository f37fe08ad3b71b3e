import Foundation
import Testing

@testable import Simulators

@Suite(.timeLimit(.minutes(1)))
struct SlimeSimulatorTests {
    @Test("a registered transaction is shown as the page's example shows one")
    func shown() async throws {
        try await withSlime { slime async throws in
            let data = SlimeCaller.example.replacing(#""document""#, with: #""tags":["a:1"],"document""#)
            #expect(try await slime.call(SlimeCaller.stub, data).data["success"] as? Bool == true)
            let shown = try await slime.call(SlimeCaller.show, #"{"transaction_id":"TEST-ES-0002"}"#).data
            #expect(shown["id"] as? String == "TEST-ES-0002")
            #expect(shown["tags"] as? [String] == ["a:1"])
            #expect(shown["system_tags"] as? [String] == [])
            // 8 × 15 + 10 × 6 with 7 % on top, and 220 without.
            #expect(shown["trade_value"] as? String == "412.6")
            #expect(shown["storage_used"] as? Int == 0)
            let initiatedAt = try #require(shown["initiated_at"] as? String)
            #expect(initiatedAt.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
            let url = try #require(shown["service_url"] as? String)
            let path = "/projects/123456/trading-document-interface/TEST-ES-0002/"
            #expect(url.hasPrefix(slime.base + path))
            #expect(url.dropFirst(slime.base.count + path.count).wholeMatch(of: /[0-9a-f]{32}/) != nil)
            #expect(shown["documents"] == nil)
        }
    }

    @Test("VAT that is included is not added", arguments: [("true", "400.0"), ("false", "412.6")])
    func tradeValue(included: String, value: String) async throws {
        try await withSlime { slime async throws in
            let data = SlimeCaller.example.replacing(#""vat_included": false"#, with: #""vat_included": \#(included)"#)
            _ = try await slime.call(SlimeCaller.stub, data)
            let shown = try await slime.call(SlimeCaller.show, #"{"transaction_id":"TEST-ES-0002"}"#).data
            #expect(shown["trade_value"] as? String == value)
        }
    }

    @Test(
        "amounts are added up by the rule that is configured, with VAT or without",
        arguments: [
            ("true", SlimeSimulator.TradeValueRule.Rounding.total, true, "3.35"), ("true", .line, true, "3.4"),
            ("true", .line, false, "3.18"), ("true", .total, false, "3.13"), ("false", .line, true, "3.64"),
            ("false", .total, true, "3.58"), ("false", .total, false, "3.35"),
        ])
    func tradeValueRules(
        included: String, rounding: SlimeSimulator.TradeValueRule.Rounding, includesVAT: Bool, value: String
    ) async throws {
        try await withSlime({ $0.tradeValue = .init(rounding: rounding, includesVAT: includesVAT) }) {
            slime async throws in
            let line = #"{"name":"x","unit_price":"0.335","quantity":"1","vatable":true}"#
            let data = """
                {"transaction_id":"a","document":{"issued_at":"2023-11-30T17:00:00Z","line_items":[
                \(Array(repeating: line, count: 10).joined(separator: ","))]},"customization":{
                "theme":{"id":"retail-hatsu","color":"#cd0c2b"},"vat_included":\(included),"vat_rate":"0.07"}}
                """
            #expect(try await slime.call(SlimeCaller.stub, data).code == "success")
            let shown = try await slime.call(SlimeCaller.show, #"{"transaction_id":"a"}"#).data
            #expect(shown["trade_value"] as? String == value)
        }
    }

    @Test(
        "documents are listed when asked for in one of three words",
        arguments: [("latest", "success"), ("readied", "success"), ("all", "success"), ("some", "SchemaViolation")])
    func documents(word: String, code: String) async throws {
        try await withSlime { slime async throws in
            _ = try await slime.call(SlimeCaller.stub, SlimeCaller.example)
            let data = #"{"transaction_id":"TEST-ES-0002","include_documents":"\#(word)"}"#
            let answer = try await slime.call(SlimeCaller.show, data)
            #expect(answer.code == code)
            #expect((answer.data["documents"] as? [String]) == (code == "success" ? [] : nil))
        }
    }

    @Test("a transaction that nobody registered is not found")
    func notFound() async throws {
        try await withSlime { slime async throws in
            #expect(try await slime.call(SlimeCaller.show, #"{"transaction_id":"x"}"#).code == "NotFound")
            #expect(try await slime.call(SlimeCaller.show, #"{"transaction_id":1}"#).code == "SchemaViolation")
        }
    }

    @Test("an id is registered once; the second call is refused and counted, the data is the first one's")
    func unique() async throws {
        try await withSlime { slime async throws in
            let other = SlimeCaller.example.replacing(#""15""#, with: #""16""#)
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.example).code == "success")
            #expect(try await slime.call(SlimeCaller.stub, other).code == "Trade::Initiated")
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("test-es-0002")).code == "success")
            let transactions = await slime.simulator.transactions()
            #expect(transactions.map(\.id) == ["TEST-ES-0002", "test-es-0002"])
            #expect(transactions.map(\.attempts) == [2, 1])
            #expect(transactions.first.map { String(decoding: $0.data, as: UTF8.self) } == SlimeCaller.example)
            #expect(Set(transactions.map(\.serviceURL)).count == 2)
        }
    }

    @Test("the service page of an id with slashes is in Thai; without its token there is none")
    func servicePage() async throws {
        try await withSlime { slime async throws in
            _ = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("2026/11/20-1"))
            let url = try #require(await slime.simulator.transaction("2026/11/20-1")?.serviceURL)
            #expect(url.contains("/trading-document-interface/2026/11/20-1/"))
            let page = try await slime.request("GET", url, type: nil)
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("2026/11/20-1") && page.text.contains("ใบกำกับภาษี"))
            let guessed = url.dropLast(32) + String(repeating: "0", count: 32)
            #expect(try await slime.request("GET", String(guessed), type: nil).status == 404)
            #expect(try await slime.request("GET", String(url.dropLast(33)), type: nil).status == 404)
        }
    }

    @Test("what is shown on a page cannot become markup")
    func escaped() {
        #expect(ServicePage.html(transactionID: "<b>&'\"").contains("&lt;b&gt;&amp;&#39;&quot;"))
        #expect(!ServicePage.html(transactionID: "<b>").contains("<b>"))
    }

    @Test(
        "other paths, methods and types are refused by their status",
        arguments: [
            ("POST", "/projects/654321/api", "application/json", 404), ("POST", "/", "application/json", 404),
            ("GET", "/projects/123456/api", "application/json", 405),
            ("POST", "/projects/123456/api", "text/plain", 415),
            ("GET", "/simulator/faults", "application/json", 403),
        ])
    func refused(method: String, path: String, type: String, status: Int) async throws {
        try await withSlime { slime async throws in
            let answer = try await slime.request(
                method, slime.base + path, body: method == "GET" ? nil : "{}", type: type)
            #expect(answer.status == status)
            #expect(answer.headers["date"] != nil)
        }
    }

    @Test("a body that is too long is refused and the connection lives on")
    func tooLong() async throws {
        try await withSlime({ $0.maximumBody = 1000 }) { slime async throws in
            let body = String(repeating: " ", count: 100_000)
            #expect(try await slime.request("POST", slime.endpoint, body: body).status == 413)
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#).code == "success")
        }
    }

    @Test("no more transactions are kept than configured")
    func full() async throws {
        try await withSlime({ $0.maximumTransactions = 1 }) { slime async throws in
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a")).code == "success")
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("b")).code == "Simulator::Full")
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a")).code == "Trade::Initiated")
        }
    }

    @Test("calls are remembered with what they were about and how they ended")
    func calls() async throws {
        try await withSlime { slime async throws in
            async let waited: Void = slime.simulator.waitForCalls(atLeast: 2)
            _ = try await slime.call("test/hello", #"{"name":"x"}"#)
            _ = try await slime.call(SlimeCaller.show, #"{"transaction_id":"a"}"#)
            try await waited
            let calls = await slime.simulator.calls()
            #expect(calls.map(\.number) == [1, 2])
            #expect(calls.map(\.subject) == ["test/hello", SlimeCaller.show])
            #expect(calls.map(\.transactionID) == [nil, "a"])
            #expect(calls.map(\.outcome) == [.success, .exception(code: "NotFound")])
            #expect(await slime.simulator.totals == .init(calls: 2, successes: 1, exceptions: 1))
        }
    }

    @Test("a wait for calls that nobody makes ends at its limit")
    func waitEnds() async throws {
        try await withSlime { slime async throws in
            let error = await #expect(throws: SimulatorError.self) {
                try await slime.simulator.waitForCalls(atLeast: 1, within: .milliseconds(20))
            }
            #expect(error?.code == .timedOut)
        }
    }

    @Test("a port that is taken is an error for whoever runs it and whoever waits")
    func portTaken() async throws {
        try await withSlime { slime async throws in
            let port = try #require(URL(string: slime.endpoint)?.port)
            let error = await #expect(throws: SimulatorError.self) {
                try await withSlime({ $0.port = port }) { _ in }
            }
            #expect(error?.code == .cannotListen)
        }
    }
}
