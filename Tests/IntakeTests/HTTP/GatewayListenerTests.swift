import Foundation
import Intake
import NIOCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct GatewayListenerTests {
    @Test("whoever opens a thousand connections and says nothing loses his own, and other tills are served")
    func idleFlood() async throws {
        var limits = ListenerLimits()
        limits.connections = 50
        try await TestListener.open(limits) { listener in
            let till = try await Till.connect(to: listener)
            let half = TestListener.post("HALF")
            try await till.send(String(half.prefix(half.count - 10)))
            let kept = try await Till.connect(to: listener)
            var idle: [Till] = []
            for number in 0..<1_000 {
                let another = try await Till.connect(to: listener)
                idle.append(another)
                // One that goes on asking is not among those that are closed. The other one's answer says how far the
                // listener is with those that came.
                if number % 10 == 0 {
                    for till in [another, kept] {
                        try await till.send("GET /healthz HTTP/1.1\r\nHost: pos\r\n\r\n")
                        await till.expect("HTTP/1.1 200")
                    }
                }
            }
            let late = try await Till.connect(to: listener)
            try await late.send(TestListener.post("LATE"))
            await late.expect("HTTP/1.1 201")
            for till in idle.prefix(900) { try await till.untilClosed() }
            // A request under way is nobody's to cut off.
            try await till.send(String(half.suffix(10)))
            await till.expect("HTTP/1.1 201")
            for till in idle.suffix(100) + [till, kept, late] { try? await till.close() }
        }
    }

    @Test("while every connection is busy the next is told so, and later served")
    func allBusy() async throws {
        var limits = ListenerLimits()
        limits.connections = 2
        limits.lingering = .milliseconds(50)
        try await TestListener.open(limits) { listener in
            var busy: [Till] = []
            for id in ["A", "B"] {
                let till = try await Till.connect(to: listener)
                // Nobody registers here, so that it waits to the end.
                try await till.send(TestListener.post(id, query: "?wait=registered&timeout=2s"))
                try await listener.untilKept(id)
                busy.append(till)
            }
            let third = try await Till.connect(to: listener)
            try await third.send(TestListener.post("C"))
            let crowded = await third.answer()
            #expect(crowded.hasPrefix("HTTP/1.1 503"))
            #expect(crowded.contains("\r\nRetry-After: 1\r\n"))
            #expect(crowded.contains("\r\nConnection: close\r\n"))
            #expect(crowded.contains("urn:kamkap:problem:unavailable"))
            try await third.untilClosed()
            for till in busy { await till.expect("HTTP/1.1 201") }
            let later = try await Till.connect(to: listener)
            try await later.send(TestListener.post("C"))
            await later.expect("HTTP/1.1 201")
            for till in busy + [later] { try? await till.close() }
        }
    }

    @Test("a body that drips is ended by a deadline, and its connection too")
    func drippingBody() async throws {
        var limits = ListenerLimits()
        limits.bodyDeadline = .milliseconds(300)
        limits.lingering = .milliseconds(100)
        try await TestListener.open(limits) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(TestListener.head(100))
            till.drip(" ")
            await till.expect("HTTP/1.1 408")
            try await till.untilClosed()
        }
    }

    @Test(
        "a body that breaks off, or is framed as HTTP has it not, is no fault of the gateway's",
        arguments: [
            TestListener.head(100) + "{",
            "POST /v1/sales HTTP/1.1\r\nHost: pos\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nZ\r\n",
        ])
    func brokenBody(request: String) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(request)
            await till.endSending()
            await till.expect("HTTP/1.1 400")
            try? await till.close()
        }
    }

    @Test(
        "a body that is compressed is refused in words, and says what is taken",
        arguments: [
            ("Content-Encoding: gzip", "Content-Encoding gzip"),
            ("Content-Encoding: identity, BR", "Content-Encoding BR"),
            ("Transfer-Encoding: gzip, chunked", "Transfer-Encoding gzip"),
        ])
    func compressed(header: String, found: String) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            let length = header.hasPrefix("T") ? "" : "Content-Length: 2\r\n"
            try await till.send(
                "POST /v1/sales HTTP/1.1\r\nHost: pos\r\nContent-Type: application/json\r\n\(length)\(header)\r\n\r\n"
                    + (header.hasPrefix("T") ? "2\r\n{}\r\n0\r\n\r\n" : "{}"))
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 415"), "\(answer)")
            #expect(answer.contains("\r\nAccept-Encoding: identity\r\n"))
            #expect(answer.contains("send it uncompressed: \(found) is not taken"), "\(answer)")
            // The same connection goes on.
            try await till.send(
                TestListener.post("PLAIN").replacingOccurrences(
                    of: "Host:", with: "Content-Encoding: identity\r\nHost:"))
            await till.expect("HTTP/1.1 201")
            try? await till.close()
        }
    }

    @Test("a connection that says nothing, and one whose head drips, are closed")
    func idle() async throws {
        var limits = ListenerLimits()
        limits.idle = .milliseconds(300)
        try await TestListener.open(limits) { listener in
            let silent = try await Till.connect(to: listener)
            let dripping = try await Till.connect(to: listener)
            try await dripping.send("GET /healthz HTTP/1.1\r\nX: ")
            dripping.drip("x")
            try await silent.untilClosed()
            try await dripping.untilClosed()
        }
    }

    @Test("a listener that ends while tills connect serves or closes each of them", arguments: 1...20)
    func endsAmidArrivals(round: Int) async throws {
        let closed = try await withThrowingTaskGroup(of: Void.self) { tills in
            try await TestListener.open(ListenerLimits()) { listener in
                let first = try await Till.connect(to: listener)
                for _ in 0..<40 {
                    tills.addTask {
                        // One that comes too late is not let in at all.
                        guard let till = try? await Till.connect(to: listener) else { return }
                        try await till.untilClosed()
                    }
                }
                try await first.send("GET /healthz HTTP/1.1\r\nHost: pos\r\n\r\n")
                await first.expect("HTTP/1.1 200")
            }
            return try await tills.reduce(0) { count, _ in count + 1 }
        }
        #expect(closed == 40)
    }
}
