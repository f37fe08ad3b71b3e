import Foundation
import Intake
import Testing

/// What clients say of their connection, and what becomes of it.
@Suite(.timeLimit(.minutes(1))) struct HopByHopTests {
    private static func request(_ line: String, _ headers: String...) -> String {
        ([line, "Host: pos"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
    }

    private static func sale(_ id: String, _ headers: [String], version: String = "1.1") -> String {
        let body = TestListener.sale(id)
        let head = ["POST /v1/sales HTTP/\(version)", "Host: pos", "Content-Type: application/json"] + headers
        return (head + ["Content-Length: \(body.utf8.count)"]).joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    @Test(
        "another protocol that is offered is ignored, and every further sale on the connection is answered",
        arguments: [
            // As Java's HttpClient and curl --http2 do.
            ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAEAAEAAAAIAAAAB"],
            ["connection: upgrade", "upgrade: websocket"], ["Connection: keep-alive, UPGRADE", "Upgrade: TLS/1.0"],
            ["Connection: Upgrade", "Upgrade: h2c, websocket", "Upgrade: TLS/1.2"],
            // No offer: it does not say that it is one.
            ["Upgrade: h2c"], ["Connection: upgrade"], ["Connection: keep-alive", "Upgrade: h2c"],
        ])
    func offers(headers: [String]) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            for id in ["A", "B", "C"] {
                try await till.send(Self.sale(id, headers))
                await till.expect("HTTP/1.1 201")
            }
            // All at once, and in pieces that end anywhere.
            let together = ["D", "E", "F"].map { Self.sale($0, headers) }.joined()
            try await till.send(together)
            await till.endSending()
            let answers = String(decoding: await till.hear(for: .seconds(10)), as: UTF8.self)
            #expect(answers.components(separatedBy: "HTTP/1.1 201 Created").count == 4, "\(answers)")
            let drip = try await Till.connect(to: listener)
            for byte in (Self.sale("G", headers) + Self.request("GET /healthz HTTP/1.1")).utf8 {
                try await drip.send([byte])
            }
            await drip.endSending()
            let dripped = String(decoding: await drip.hear(for: .seconds(10)), as: UTF8.self)
            #expect(dripped.contains("HTTP/1.1 201 Created") && dripped.contains("HTTP/1.1 200 OK"), "\(dripped)")
        }
    }

    @Test(
        "a request without a body may offer as well",
        arguments: ["GET /healthz HTTP/1.1", "GET /v1/sales/NONE HTTP/1.1", "OPTIONS /healthz HTTP/1.1"])
    func bodiless(line: String) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(
                Self.request(line, "Connection: Upgrade", "Upgrade: websocket") + Self.request("GET /readyz HTTP/1.1"))
            #expect(await till.answer().contains("HTTP/1.1 "))
            try await till.send(TestListener.post("AFTER"))
            await till.endSending()
            let answers = String(decoding: await till.hear(for: .seconds(10)), as: UTF8.self)
            #expect(answers.contains("HTTP/1.1 201"), "\(answers)")
            try? await till.close()
        }
    }

    @Test(
        "an offer that may be read in two ways is answered, and ends the connection",
        arguments: [
            ["Connection: x,\tupgrade", "Upgrade: h2c"], ["Proxy-Connection: upgrade", "Upgrade: h2c"],
            ["Connection: upgrade", "Upgrade:"], ["Connection: upgrade now", "Upgrade: h2c"],
        ])
    func oddOffers(headers: [String]) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(Self.sale("A", headers))
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 201"), "\(answer)")
            #expect(answer.contains("\r\nConnection: close\r\n"), "\(answer)")
            await till.endSending()
            try await till.untilClosed()
        }
    }

    @Test("a tunnel is refused, and what was meant for it is read by nobody")
    func tunnel() async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(Self.request("CONNECT pos:443 HTTP/1.1") + TestListener.post("INSIDE"))
            await till.endSending()
            let answer = String(decoding: await till.hear(for: .seconds(10)), as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 405"), "\(answer)")
            #expect(answer.contains("\r\nAllow: GET"))
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(answer.contains("urn:kamkap:problem:wrong-method"))
            #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "\(answer)")
        }
    }

    @Test(
        "a connection ends as the client has it, and is told so",
        arguments: [
            ("1.0", [String](), "close"), ("1.0", ["Connection: close"], "close"),
            ("1.1", ["Connection: Close"], "close"), ("1.1", ["Connection: TE, close"], "close"),
            ("1.0", ["Connection: Keep-Alive"], "keep-alive"),
        ])
    func ends(version: String, headers: [String], told: String) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(Self.sale("A", headers, version: version))
            if told == "close" {
                // The gateway's end alone says to an old client where the answer is over.
                let answer = String(decoding: await till.hear(for: .seconds(10)), as: UTF8.self)
                #expect(answer.hasPrefix("HTTP/1.1 201"), "\(answer)")
                #expect(answer.contains("\r\nConnection: close\r\n"), "\(answer)")
            } else {
                #expect(await till.answer().contains("\r\nConnection: keep-alive\r\n"))
                try await till.send(Self.sale("B", headers, version: version))
                await till.expect("HTTP/1.1 201")
            }
            try? await till.close()
        }
    }

    @Test("a stream goes to an old client without chunks")
    func oldStream() async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(Self.request("GET /v1/events HTTP/1.0"))
            let text = String(decoding: await till.hear(for: .seconds(1)), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.0 200"), "\(text)")
            #expect(!text.lowercased().contains("chunked"))
            #expect(text.contains("\r\n\r\nid: "), "\(text)")
            try? await till.close()
        }
    }
}
