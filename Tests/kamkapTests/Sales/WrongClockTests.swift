import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

/// The real program on a machine whose clock is wrong, or is set while it runs.
@Suite(.timeLimit(.minutes(3))) struct WrongClockTests {
    private static let day = 86_400

    private func put(_ text: String, _ name: String, in store: Store) throws {
        let incoming = store.spool.appendingPathComponent("incoming")
        let draft = incoming.appendingPathComponent(".tmp-\(name)")
        try Data(text.utf8).write(to: draft)
        try FileManager.default.moveItem(at: draft, to: incoming.appendingPathComponent(name))
    }

    private func names(_ store: Store, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.spool.appendingPathComponent(folder).path).sorted()
    }

    private func until(_ words: String, _ isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(40)
        while try await !isSo() {
            if ContinuousClock.now > deadline { throw FixtureError("not within 40 s: \(words)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("a machine that starts three years behind refuses no sale for good, says why, and takes all once it is set")
    func threeYearsBehind() async throws {
        try await Store.open { store in
            let clock = try await WallClock(in: store, ahead: -3 * 365 * Self.day)
            let gateway = try await RunningGateway.start(in: store, environment: clock.environment)
            let refused = try await store.request(.POST, "/v1/sales", Store.sale("A"))
            #expect(refused.status == 503)
            #expect(refused.headers.first(name: "Retry-After") == "15")
            #expect(try refused.problem().detail.contains("this machine's clock is wrong: it shows 20"))
            #expect(try await store.request(.GET, "/readyz").status == 503)
            try put(Store.sale("FILE"), "file.json", in: store)
            let status = try await store.command("status")
            #expect(status.status == 1 && status.output.contains("This machine's clock is wrong"))
            #expect(try gateway.logged().contains("alarm raised alarm.code=clock-wrong"))
            #expect(try names(store, "incoming") == ["file.json"] && names(store, "rejected").isEmpty)
            try clock.set(ahead: 0)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("A")).status == 201)
            try await until("the file is taken") { try names(store, "accepted") == ["file.json"] }
            #expect(try names(store, "rejected").isEmpty)
            #expect(try await store.command("status").output.contains("machine's clock") == false)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a clock that is behind what the outbox holds waits for staff, who say that it is right")
    func behindTheOutbox() async throws {
        try await Store.open { store in
            let clock = try await WallClock(in: store, ahead: 2 * Self.day)
            let ahead = try await RunningGateway.start(in: store, environment: clock.environment)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("A")).status == 201)
            #expect(await ahead.stop() == 0)
            try clock.set(ahead: 0)
            let gateway = try await RunningGateway.start(in: store, environment: clock.environment)
            let refused = try await store.request(.POST, "/v1/sales", Store.sale("B"))
            #expect(refused.status == 503)
            #expect(try refused.problem().detail.contains("the newest sale was received at"))
            // What is known is known.
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("A")).status == 200)
            let status = try await store.command("status")
            #expect(status.output.contains("kamkap status --acknowledge clock-wrong"))
            _ = try await store.command("status", "--acknowledge", "clock-wrong")
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("B")).status == 201)
            #expect(await gateway.stop() == 0)
            // From now on the newest sale has a right date.
            let next = try await RunningGateway.start(in: store, environment: clock.environment)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("C")).status == 201)
            #expect(await next.stop() == 0)
        }
    }

    @Test(
        "a paper that waits while the clock is set, or over a restart with another clock, comes out as the original",
        arguments: [7 * 3_600, -240])
    func waitingPaper(seconds: Int) async throws {
        try await Store.open { store in
            let clock = try await WallClock(in: store)
            await store.printer.set(.paperOut)
            let gateway = try await RunningGateway.start(in: store, environment: clock.environment)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("A")).status == 201)
            try await until("the paper waits") {
                try await store.request(.GET, "/v1/sales/A").sale().prints.first?.error != nil
            }
            try clock.set(ahead: seconds)
            try await until("the clock's step is seen") {
                try abs(seconds) < 300 || gateway.logged().contains("machine clock was set")
            }
            #expect(try await store.request(.GET, "/v1/sales/A").sale().prints.map(\.state) == ["queued"])
            #expect(await gateway.stop() == 0)
            // Once more, and back, while it is down.
            try clock.set(ahead: 2 * seconds)
            await store.printer.set(.ready)
            let next = try await RunningGateway.start(in: store, environment: clock.environment)
            try await until("the paper is out") {
                try await store.request(.GET, "/v1/sales/A").sale().prints.first?.state == "printed"
            }
            let sale = try await store.request(.GET, "/v1/sales/A").sale()
            #expect(sale.prints.map(\.mark) == ["none"])
            let finished = try #require(sale.prints.first?.finishedAt)
            #expect(abs(finished.timeIntervalSinceNow - Double(2 * seconds)) < 30)
            #expect(await next.stop() == 0)
        }
    }
}
