import AsyncHTTPClient
import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(2))) struct EventStreamTests {
    @Test("a reader sees how things stand, a sale with its paper, a printer's paper end, and the stop; no link")
    func follow() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            var follower = try await EventFollower(store)
            #expect(follower.status == 200)
            #expect(follower.type == "text/event-stream")
            let first = try #require(try await follower.next())
            #expect(first.name == "gateway")
            #expect(first.text("state") == "up")
            let printer = try #require(try await follower.next())
            #expect(printer.name == "printer")
            #expect(printer.data["paper_end"] == .null)
            let sale = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
            let link = try #require(sale.registration.serviceURL)
            let accepted = try await follower.next { $0.name == "sale" }
            #expect(accepted.text("transaction_id") == "TEST-ES-0002")
            #expect(accepted.text("total") == "412.60")
            let ready = try await follower.next { $0.name == "registration" && $0.text("state") == "ready" }
            #expect(ready.data["last_error"] == .null)
            let printed = try await follower.next { $0.name == "print" && $0.text("state") == "printed" }
            #expect(printed.text("confirmed_by") == "process-id")
            #expect(try #require(printed.id) > #require(ready.id))
            for (condition, member) in [
                (VirtualPrinter.Condition.paperNearEnd, "paper_near_end"), (.paperOut, "paper_end"),
                (.coverOpen, "cover_open"), (.cutterError, "cutter_error"),
            ] {
                await store.printer.set(condition)
                _ = try await store.request(.GET, "/v1/printers")
                let event = try await follower.next { $0.name == "printer" && $0.data[member] == .bool(true) }
                #expect(event.text("state") == (condition == .paperNearEnd ? "attention" : "unable"))
                let metrics = try await store.request(.GET, "/metrics")
                let sensor = member == "cutter_error" ? "cutter" : member
                #expect(
                    String(decoding: metrics.body, as: UTF8.self).contains(
                        "kamkap_printer_sensor{printer=\"front\",sensor=\"\(sensor)\"} 1\n"))
            }
            await store.printer.set(.paperOut)
            let shown = try await store.command("printers")
            #expect(shown.output.contains("out of paper"))
            async let stopped = gateway.stop()
            let last = try await follower.next { $0.text("state") == "stopping" }
            #expect(last.name == "gateway")
            #expect(try await follower.next() == nil, "the stream ends properly")
            #expect(await stopped == 0)
            for hidden in [link, "trading-document-interface", store.secret, "ข้าวโพด"] {
                #expect(!follower.received.contains(hidden))
            }
        }
    }

    @Test("a reader that takes nothing holds up nobody, is told what it missed, and does not hold up a stop")
    func slow() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            var follower = try await EventFollower(store)
            let other = try await EventFollower(store)
            _ = try await follower.next()
            // More than the sockets and the gateway's own buffer can hold.
            try await withThrowingTaskGroup(of: Void.self) { tills in
                for till in 0..<8 {
                    tills.addTask {
                        for number in 0..<100 {
                            let sale = Store.sale("S\(till)-\(number)").dropLast() + #","receipt":{"print":false}}"#
                            guard try await store.request(.POST, "/v1/sales", String(sale)).status == 201 else {
                                throw FixtureError("refused")
                            }
                        }
                    }
                }
                try await tills.waitForAll()
            }
            let last = Store.sale("LAST").dropLast() + #","receipt":{"print":false}}"#
            #expect(try await store.request(.POST, "/v1/sales?wait=registered", String(last)).status == 201)
            let notice = try await follower.next { $0.data["dropped"].map { $0 != .number(JSONNumber(0)) } ?? false }
            #expect(notice.name == "gateway")
            let next = try #require(try await follower.next())
            #expect(try #require(next.id) == #require(notice.id) + 1)
            _ = try await follower.next { $0.text("transaction_id") == "LAST" && $0.text("state") == "ready" }
            let begun = ContinuousClock.now
            #expect(await gateway.stop() == 0)
            #expect(ContinuousClock.now - begun < .seconds(10))
            #expect(other.status == 200)
        }
    }

    @Test("there is room for 64 readers, and again when one goes")
    func limit() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            var configuration = HTTPClient.Configuration()
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 100
            try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                var followers: [EventFollower] = []
                for _ in 0..<64 { followers.append(try await EventFollower(store, over: client)) }
                #expect(followers.allSatisfy { $0.status == 200 })
                let refused = try await store.request(.GET, "/v1/events")
                #expect(refused.status == 503)
                #expect(refused.headers.first(name: "Retry-After") != nil)
                #expect(try await store.request(.POST, "/v1/sales", Store.sale()).status == 201)
            }
            // A reader that has gone is found out by the next events that it should have had.
            let deadline = ContinuousClock.now + .seconds(30)
            var (status, number) = (503, 0)
            while status == 503, ContinuousClock.now < deadline {
                number += 1
                #expect(try await store.request(.POST, "/v1/sales", Store.sale("MORE-\(number)")).status == 201)
                status = try await EventFollower(store).status
            }
            #expect(status == 200)
            #expect(await gateway.stop() == 0)
        }
    }
}
