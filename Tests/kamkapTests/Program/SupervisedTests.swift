import Foundation
import NIOHTTP1
import Testing

/// The gateway under a supervisor that does what systemd does: open sockets, restart, listen to notifications.
@Suite(.timeLimit(.minutes(2))) struct SupervisedTests {
    private struct Supervisor {
        let gateway: RunningGateway
        let notifications: URL

        /// Waits until a line begins so that comes after `count` others of the kind.
        func untilNotified(_ beginning: String, after count: Int = 0) async throws -> String {
            let deadline = ContinuousClock.now + .seconds(30)
            while ContinuousClock.now < deadline {
                let lines = try notified().filter { $0.hasPrefix(beginning) }
                if lines.count > count { return lines[count] }
                await Task.yield()
            }
            throw FixtureError("no notification \(beginning) within 30 s; heard: \(try notified())")
        }

        func notified() throws -> [String] {
            try String(contentsOf: notifications, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    private func open(
        intake: String = "", withNetwork: Bool = false, _ body: (Store, Supervisor) async throws -> Void
    ) async throws {
        let script = Fixture.file("supervisor.py").path
        try await Store.open(intake: intake) { store in
            let token = store.folder.appendingPathComponent("token")
            try Data("a-token-for-this-test".utf8).write(to: token)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: token.path)
            let notifications = store.folder.appendingPathComponent("notifications")
            try Data().write(to: notifications)
            let port = withNetwork ? store.folder.appendingPathComponent("port").path : "-"
            let gateway = try await RunningGateway.start(
                in: store,
                wrapper: ["/usr/bin/env", "python3", script, store.socket, port, notifications.path, "3", "--"])
            try await body(store, Supervisor(gateway: gateway, notifications: notifications))
        }
    }

    @Test("ready is told once sales are taken, then how much there is to do, signs of life, and the stop")
    func notifications() async throws {
        try await open { store, supervisor in
            _ = try await supervisor.untilNotified("READY=1")
            let life = try supervisor.notified().count { $0 == "WATCHDOG=1" }
            #expect(try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).status == 201)
            // Within a third of the limit each.
            _ = try await supervisor.untilNotified("WATCHDOG=1", after: life + 2)
            let status = try await supervisor.untilNotified("STATUS=Taking sales. Registrations")
            #expect(status.contains("prints: 0 queued; Slime: up"), "\(status)")
            #expect(await supervisor.gateway.stop() == 0)
            let all = try supervisor.notified()
            let stop = try #require(all.firstIndex(of: "STOPPING=1"))
            #expect(all.firstIndex(of: "READY=1").map { $0 < stop } == true)
        }
    }

    @Test("systemd gives a rescue its time")
    func rescue() async throws {
        try await open { store, supervisor in
            #expect(try await store.request(.POST, "/v1/sales", Store.unprinted("KEPT")).status == 201)
            try FileManager.default.removeItem(atPath: store.database)
            #expect(await supervisor.gateway.end() == 74)
            let all = try supervisor.notified()
            let stop = try #require(all.firstIndex(of: "STOPPING=1"))
            let longer = try #require(all.firstIndex(of: "EXTEND_TIMEOUT_USEC=60000000"))
            #expect(stop < longer)
        }
    }

    @Test("a till that comes while the gateway restarts waits and is served; the socket file stays")
    func restart() async throws {
        try await open { store, supervisor in
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("BEFORE")).status == 201)
            kill(supervisor.gateway.processID, SIGHUP)
            _ = try await supervisor.untilNotified("STOPPING=1")
            // A connection of its own each time: one that is idle is closed at a stop.
            for number in 1...20 {
                let sale = try await Binary.run(
                    [
                        "-s", "--unix-socket", store.socket, "-w", "%{http_code}", "-o", "/dev/null",
                        "-H", "Content-Type: application/json", "-d", Store.sale("DURING-\(number)"),
                        "http://pos/v1/sales",
                    ], at: URL(fileURLWithPath: "/usr/bin/curl"))
                #expect(sale.output == "201", "\(number): \(sale.output)")
            }
            _ = try await supervisor.untilNotified("READY=1", after: 1)
            #expect(try await store.request(.GET, "/v1/sales/BEFORE").status == 200)
            #expect(await supervisor.gateway.stop() == 0)
            #expect(FileManager.default.fileExists(atPath: store.socket))
        }
    }

    @Test("a socket of the network asks for the token, though no listen is configured")
    func network() async throws {
        try await open(intake: "token_file = \"token\"", withNetwork: true) { store, supervisor in
            let port = try String(contentsOf: store.folder.appendingPathComponent("port"), encoding: .utf8)
            let curl = URL(fileURLWithPath: "/usr/bin/curl")
            let status = ["-s", "-o", "/dev/null", "-w", "%{http_code}", "http://127.0.0.1:\(port)/readyz"]
            #expect(try await Binary.run(status, at: curl).output == "401")
            let token = ["-H", "Authorization: Bearer a-token-for-this-test"]
            #expect(try await Binary.run(token + status, at: curl).output == "200")
            #expect(await supervisor.gateway.stop() == 0)
        }
    }
}
