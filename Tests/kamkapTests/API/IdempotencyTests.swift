import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

/// Requests that are sent again because nobody heard the answer, to the real program.
@Suite(.timeLimit(.minutes(2))) struct IdempotencyTests {
    private static let drawer = "/v1/printers/front/drawer"
    private static let test = "/v1/printers/front/test"

    @Test("a copy, a test page and a drawer that are asked for again under their keys are had once, over a restart too")
    func once() async throws {
        try await Store.open { store in
            var gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales?wait=printed", Store.sale("A")).status == 201)
            let requests = [("/v1/sales/A/reprint", "copy"), (Self.test, "page"), (Self.drawer, "drawer")]
            var first: [String: Store.Answer] = [:]
            for (path, key) in requests {
                first[key] = try await store.request(.POST, path, key: key)
                let again = try await store.request(.POST, path, key: key)
                #expect(again.status == first[key]?.status, "\(path)")
                #expect(again.body == first[key]?.body, "\(path)")
            }
            #expect(first.mapValues(\.status) == ["copy": 202, "page": 200, "drawer": 200])
            // The original, the copy, and the test page in two pieces.
            _ = try await store.printer.paper(atLeast: 4)
            let pulses = await store.printer.drawerPulses
            #expect(await gateway.stop() == 0)
            gateway = try await RunningGateway.start(in: store)
            for (path, key) in requests {
                let again = try await store.request(.POST, path, key: key)
                #expect(again.status == first[key]?.status, "\(path)")
                #expect(again.body == first[key]?.body, "\(path)")
            }
            #expect(try await store.request(.POST, Self.test, key: "drawer").status == 422)
            // Behind whatever there might be.
            #expect(try await store.request(.POST, Self.drawer).status == 200)
            #expect(await store.printer.papers().count == 4)
            #expect(await store.printer.drawerPulses == pulses + 1)
            #expect(try await store.request(.GET, "/v1/sales/A").sale().prints.map(\.kind) == ["receipt", "copy"])
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("what was begun when the gateway was killed is not begun again under its key, and is under another")
    func killed() async throws {
        try await Store.open { store in
            await store.printer.inject(.paperOutAfter(rows: 200))
            var gateway = try await RunningGateway.start(in: store)
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Nobody hears its answer.
                group.addTask { _ = try? await store.request(.POST, Self.test, key: "page") }
                let deadline = ContinuousClock.now + .seconds(30)
                while await store.printer.condition != .paperOut, ContinuousClock.now < deadline { await Task.yield() }
                let second = try await store.request(.POST, Self.test, key: "page")
                #expect(second.status == 409)
                #expect(try second.problem().detail.contains("is being done"))
                await gateway.kill()
            }
            await store.printer.set(.ready)
            gateway = try await RunningGateway.start(in: store)
            let bytes = await store.printer.receivedByteCount
            for _ in 0..<2 {
                let again = try await store.request(.POST, Self.test, key: "page")
                #expect(again.status == 409)
                #expect(try again.problem().detail.contains("not known whether it was done"))
            }
            #expect(await store.printer.receivedByteCount == bytes, "the printer is not even asked")
            #expect(try await store.request(.POST, Self.test, key: "another").status == 200)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a printer that was out of reach is tried again under the same key")
    func outOfReach() async throws {
        try await Store.open { store in
            await store.printer.set(.paperOut)
            let gateway = try await RunningGateway.start(in: store)
            let refused = try await store.request(.POST, Self.test, key: "page")
            #expect(refused.status == 503)
            #expect(try refused.problem().kind == .printerUnavailable)
            await store.printer.set(.ready)
            #expect(try await store.request(.POST, Self.test, key: "page").status == 200)
            #expect(try await store.request(.POST, Self.test, key: "page").status == 200)
            #expect(await store.printer.papers().count == 2, "one test page, in two pieces")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a test page that broke off has one answer, and is not printed anew under its key")
    func brokenOff() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            await store.printer.inject(.dropAfter(bytes: 3_000))
            let first = try await store.request(.POST, Self.test, key: "page")
            #expect(first.status == 503)
            let bytes = await store.printer.receivedByteCount
            #expect(bytes > 0)
            let again = try await store.request(.POST, Self.test, key: "page")
            #expect(again.status == 503)
            #expect(again.body == first.body)
            #expect(again.headers.first(name: "Content-Type") == "application/problem+json")
            #expect(again.headers.first(name: "Retry-After") == first.headers.first(name: "Retry-After"))
            #expect(await store.printer.receivedByteCount == bytes)
            #expect(await gateway.stop() == 0)
        }
    }
}
