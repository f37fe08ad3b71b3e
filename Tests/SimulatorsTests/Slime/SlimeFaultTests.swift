import AsyncHTTPClient
import Foundation
import Testing

@testable import Simulators

/// Each fault as a client meets it on the wire.
@Suite(.timeLimit(.minutes(1)))
struct SlimeFaultTests {
    private let show = #"{"transaction_id":"a"}"#

    @Test(
        "an unavailable service answers its status and when to come back",
        arguments: [(503, 5), (500, nil), (429, 1), (404, nil), (302, nil)] as [(Int, Int?)])
    func unavailable(status: Int, wait: Int?) async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(
                .init(.unavailable(status: status, retryAfter: wait.map { .seconds($0) }), times: 1))
            let answer = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            // The shared client follows redirections, and finds nothing there.
            #expect(answer.status == (status == 302 ? 404 : status))
            #expect(answer.headers["retry-after"] == wait.map(String.init))
            #expect(await slime.simulator.transactions().isEmpty)
            #expect(await slime.simulator.calls().map(\.outcome) == [.status(status)])
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a")).code == "success")
        }
    }

    @Test(
        "an answer that is lost is a closed connection, before acting and after",
        arguments: [(SlimeSimulator.Fault.Kind.loseAnswerBeforeActing, 0), (.loseAnswerAfterActing, 1)])
    func lost(kind: SlimeSimulator.Fault.Kind, registered: Int) async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(kind, subject: SlimeCaller.stub, times: 1))
            await #expect(throws: HTTPClientError.remoteConnectionClosed) {
                try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            }
            #expect(await slime.simulator.transactions().count == registered)
            #expect(await slime.simulator.calls().map(\.outcome) == [.lost])
            let code = registered == 1 ? "Trade::Initiated" : "success"
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a")).code == code)
        }
    }

    @Test("a slow answer comes after its delay, and the call was acted upon before")
    func slow() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.slow(.milliseconds(400)), times: 1))
            let start = ContinuousClock.now
            async let answer = slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            try await slime.simulator.waitForCalls(atLeast: 1)
            #expect(await slime.simulator.transactions().count == 1)
            #expect(try await answer.code == "success")
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
    }

    @Test("any exception can be raised, with a message")
    func exception() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(
                .init(.exception(code: "Fund::InsufficientBalance", message: "Please top up"), times: 1))
            let answer = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            #expect(answer.code == "Fund::InsufficientBalance")
            #expect(answer.text.contains("Please top up"))
            #expect(await slime.simulator.transactions().isEmpty)
        }
    }

    @Test("garbage is 200 with a page that is not the documented JSON")
    func garbage() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.garbage, times: 1))
            let answer = try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a"))
            #expect(answer.status == 200)
            #expect(answer.json == nil)
            #expect(await slime.simulator.transactions().isEmpty)
        }
    }

    @Test("a truncated answer promises more bytes than come")
    func truncated() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.truncated, times: 1))
            let token = try await SlimeCaller.token(subject: SlimeCaller.stub, data: SlimeCaller.sale("a"))
            let line = try await Dialler.connect(to: slime.base)
            try await line.send(post(token))
            let text = String(decoding: try await line.untilClosed(), as: UTF8.self)
            let parts = text.components(separatedBy: "\r\n\r\n")
            let promised = try #require(text.lowercased().firstMatch(of: /content-length: (\d+)/)?.1)
            #expect(text.hasPrefix("HTTP/1.1 200"))
            #expect(parts.count == 2)
            #expect(parts[1].utf8.count < Int(promised) ?? 0 && !parts[1].isEmpty)
            #expect(await slime.simulator.transactions().count == 1)
        }
    }

    @Test("a lost answer is not one byte on the wire")
    func lostBytes() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.loseAnswerAfterActing, times: 1))
            let token = try await SlimeCaller.token(subject: SlimeCaller.stub, data: SlimeCaller.sale("a"))
            let line = try await Dialler.connect(to: slime.base)
            try await line.send(post(token))
            #expect(try await line.untilClosed().isEmpty)
        }
    }

    private func post(_ token: String) -> [UInt8] {
        let body = #"{"request":"\#(token)"}"#
        let head =
            "POST /projects/123456/api HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n"
        return Array((head + body).utf8)
    }

    @Test("show can give another service URL, or none")
    func serviceURL() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.serviceURL("http://example.com/"), times: 1))
            await slime.simulator.inject(.init(.serviceURL(nil), times: 1))
            // The stub uses none of them up.
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a")).code == "success")
            let other = try await slime.call(SlimeCaller.show, show).data
            #expect(other["service_url"] as? String == "http://example.com/")
            let none = try await slime.call(SlimeCaller.show, show).data
            #expect(none["service_url"] == nil && none["id"] as? String == "a")
            let own = try await slime.call(SlimeCaller.show, show).data
            #expect((own["service_url"] as? String)?.hasPrefix(slime.base) == true)
        }
    }

    @Test("show can give another trade value, or none")
    func tradeValue() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.tradeValue("1.00"), times: 1))
            await slime.simulator.inject(.init(.tradeValue(nil), times: 1))
            #expect(try await slime.call(SlimeCaller.stub, SlimeCaller.sale("a")).code == "success")
            let other = try await slime.call(SlimeCaller.show, show).data
            #expect(other["trade_value"] as? String == "1.00")
            let none = try await slime.call(SlimeCaller.show, show).data
            #expect(none["trade_value"] == nil && none["service_url"] != nil)
            #expect(try await slime.call(SlimeCaller.show, show).data["trade_value"] as? String == "412.6")
        }
    }

    @Test("a wrong clock shows in the Date header, and judges iat by itself", arguments: [-7200, 7200])
    func clock(seconds: Int) async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.clockOffset(.seconds(seconds))))
            let refused = try await slime.call("test/hello", #"{"name":"x"}"#)
            #expect(refused.code == "JWT::IATDrift")
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
            let date = try #require(format.date(from: refused.headers["date"] ?? ""))
            #expect(abs(date.timeIntervalSinceNow - Double(seconds)) < 10)
            let issuedAt = Int(date.timeIntervalSince1970)
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#, issuedAt: issuedAt).code == "success")
        }
    }

    @Test("faults are met in their order, by the calls they fit, as often as they say")
    func order() async throws {
        try await withSlime { slime async throws in
            await slime.simulator.inject(.init(.exception(code: "A"), transactionID: "a", times: 1))
            await slime.simulator.inject(.init(.exception(code: "B"), subject: SlimeCaller.show, times: 2))
            await slime.simulator.inject(.init(.exception(code: "C")))
            var codes: [String] = []
            for id in ["b", "a", "a", "a"] {
                codes.append(try await slime.call(SlimeCaller.show, #"{"transaction_id":"\#(id)"}"#).code)
            }
            #expect(codes == ["B", "A", "B", "C"])
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#).code == "C")
            await slime.simulator.clearFaults()
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#).code == "success")
        }
    }

    @Test("faults are set, shown and cleared over HTTP where control is on")
    func control() async throws {
        try await withSlime({ $0.control = true }) { slime async throws in
            let path = slime.base + "/simulator/faults"
            let faults = """
                [{"kind":"slow","milliseconds":5,"times":1},{"kind":"unavailable","status":503,"retry_after":2,"times":2},
                 {"kind":"lose_answer_before_acting","times":1},{"kind":"lose_answer_after_acting","subject":"x"},
                 {"kind":"exception","code":"A","message":"m","transaction_id":"t"},{"kind":"garbage","subject":"x"},
                 {"kind":"truncated","subject":"x"},{"kind":"service_url","url":null},
                 {"kind":"trade_value","value":"1.00"},{"kind":"clock_offset","seconds":-3},
                 {"kind":"location","url":null,"document_id":"d"},{"kind":"file_slow","milliseconds":5},
                 {"kind":"file_status","status":404},{"kind":"file_html"},{"kind":"file_size","bytes":7},
                 {"kind":"file_redirect","url":"file:///etc/passwd"},{"kind":"file_cut"},{"kind":"file_lost"},
                 {"kind":"file_endless"},{"kind":"file_drip"},{"kind":"file_packed","coding":"bomb"}]
                """
            let put = try await slime.request("PUT", path, body: faults)
            #expect(put.status == 200)
            let sent = try JSONSerialization.jsonObject(with: Data(faults.utf8)) as? NSArray
            #expect(put.json as? NSArray == sent)
            #expect(await slime.simulator.activeFaults.count == 21)
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#).code == "success")
            #expect(try await slime.call("test/hello", #"{"name":"x"}"#).headers["retry-after"] == "2")
            #expect(try await slime.request("DELETE", path, type: nil).text == "[]")
            #expect(try await slime.request("GET", path, type: nil).text == "[]")
        }
    }

    @Test(
        "a fault that is not understood changes nothing",
        arguments: [
            "", "{}", "[1]", #"[{"kind":"fire"}]"#, #"[{"kind":"slow"}]"#, #"[{"kind":"unavailable","status":200}]"#,
            #"[{"kind":"garbage","times":0}]"#, #"[{"kind":"exception"}]"#,
        ])
    func notUnderstood(body: String) async throws {
        try await withSlime({ $0.control = true }) { slime async throws in
            await slime.simulator.inject(.init(.garbage))
            let answer = try await slime.request("PUT", slime.base + "/simulator/faults", body: body)
            #expect(answer.status == 400)
            #expect(await slime.simulator.activeFaults == [.init(.garbage)])
        }
    }

    @Test("transactions are listed over HTTP, newest first, with the data as received")
    func transactions() async throws {
        try await withSlime({ $0.control = true }) { slime async throws in
            for id in ["a", "b", "c", "c"] { _ = try await slime.call(SlimeCaller.stub, SlimeCaller.sale(id)) }
            let answer = try await slime.request("GET", slime.base + "/simulator/transactions?limit=2", type: nil)
            let list = (answer.json as? [String: Any])?["transactions"] as? [[String: Any]] ?? []
            #expect(list.map { $0["id"] as? String } == ["c", "b"])
            #expect(list.map { $0["attempts"] as? Int } == [2, 1])
            let data = try JSONSerialization.jsonObject(with: Data(SlimeCaller.sale("c").utf8)) as? NSDictionary
            #expect(list.first?["data"] as? NSDictionary == data)
            #expect(!answer.text.contains("trading-document-interface"))
        }
    }
}
