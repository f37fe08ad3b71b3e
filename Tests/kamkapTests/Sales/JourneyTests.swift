import Foundation
import GatewayAPI
import NIOHTTP1
import Raster
import Sales
import Simulators
import Testing

@Suite(.timeLimit(.minutes(2))) struct JourneyTests {
    @Test("a sale goes from the till's socket to a paper whose QR holds the link that Slime gave")
    func journey() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let answer = try await store.request(.POST, "/v1/sales?wait=printed&timeout=30s", Store.sale())
            #expect(answer.status == 201)
            let sale = try answer.sale()
            #expect(sale.totals.total == "412.60")
            #expect(sale.totals.vat == "12.60")
            #expect(sale.registration.state == "ready")
            #expect(sale.prints.map(\.state) == ["printed"])
            #expect(sale.prints.first?.confirmedBy == "process-id")
            let paper = try await store.printer.paper(atLeast: 1)
            let link = try #require(await store.slime.transaction("TEST-ES-0002")?.serviceURL)
            #expect(try await readQR(try paper.bitmap.png()) == link)
            #expect(sale.registration.serviceURL == link)
            #expect(await store.printer.unknownCommands.isEmpty)
            #expect(await gateway.stop() == 0)
            let log = try gateway.logged()
            for hidden in [link, "trading-document-interface", store.secret, "eyJ", "ข้าวโพด"] {
                #expect(!log.contains(hidden))
            }
            #expect(!FileManager.default.fileExists(atPath: store.socket))
        }
    }

    @Test("the same sale again is 200, other content under its id 409, and every fault of a bad one is named")
    func statuses() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale()).status == 201)
            #expect(try await store.request(.POST, "/v1/sales", " " + Store.sale() + "\n").status == 200)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale(corn: "\"9\"")).status == 409)
            let bad = Store.sale("a b", corn: "8").replacingOccurrences(of: "17:00:00Z", with: "17:00:00")
            let invalid = try await store.request(.POST, "/v1/sales", bad)
            #expect(invalid.status == 422)
            #expect(invalid.headers.first(name: "Content-Type") == "application/problem+json")
            let pointers = try invalid.problem().errors?.map(\.pointer)
            #expect(pointers == ["/transaction_id", "/document/issued_at", "/document/line_items/0/quantity"])
            #expect(try await store.request(.POST, "/v1/sales", "{\"a\":1,\"a\":2}").status == 400)
            #expect(try await store.request(.POST, "/v1/sales", "x", type: "text/plain").status == 415)
            let large = String(repeating: " ", count: 4 << 20) + "{}"
            #expect(try await store.request(.POST, "/v1/sales", large).status == 413)
            #expect(try await store.request(.GET, "/v1/sales/nobody").status == 404)
            #expect(try await store.request(.GET, "/v1/sales/TEST-ES-0002").status == 200)
            #expect(
                try await store.request(.POST, "/v1/sales/TEST-ES-0002/reprint", "{\"printer\":\"attic\"}").status
                    == 422)
            #expect(try await store.request(.GET, "/healthz").status == 200)
            #expect(try await store.request(.GET, "/readyz").status == 200)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("an id with a slash is found under its percent-encoded path")
    func slash() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            #expect(
                try await store.request(.POST, "/v1/sales?wait=registered", Store.sale("shop/till-1/7")).status == 201)
            let answer = try await store.request(.GET, "/v1/sales/shop%2Ftill-1%2F7")
            #expect(try answer.sale().transactionID == "shop/till-1/7")
            let shown = try await store.command("show", "shop/till-1/7")
            #expect(shown.status == 0)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("killed after its 201 and started again, the gateway registers the sale once and prints it once")
    func killed() async throws {
        try await Store.open(receipt: "qr_deadline = \"60s\"") { store in
            // Slime hangs, so that the sale is owed everything when the gateway dies.
            await store.slime.inject(.init(.slow(.seconds(3_600)), times: 1))
            let first = try await RunningGateway.start(in: store)
            #expect(try await store.request(.POST, "/v1/sales", Store.sale()).status == 201)
            try await store.slime.waitForCalls(atLeast: 1)
            await first.kill()
            let second = try await RunningGateway.start(in: store)
            let again = try await store.request(.POST, "/v1/sales?wait=printed&timeout=60s", Store.sale())
            #expect(again.status == 200)
            let sale = try again.sale()
            #expect(sale.registration.state == "ready")
            #expect(sale.prints.map(\.mark) == ["none"])
            #expect(sale.prints.map(\.withQR) == [true])
            #expect(await store.slime.transactions().map(\.id) == ["TEST-ES-0002"])
            #expect(await second.stop() == 0)
            #expect(await store.printer.papers().count == 1)
        }
    }

    @Test("a second gateway on the same database or socket is refused, a stale socket is replaced")
    func secondGateway() async throws {
        try await Store.open { store in
            let first = try await RunningGateway.start(in: store)
            let second = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(second.status == 71)
            #expect(second.complaints.contains("is running already"))
            let elsewhere = store.folder.appendingPathComponent("elsewhere.toml")
            let text = try String(contentsOf: store.configuration, encoding: .utf8)
            try Data(text.replacingOccurrences(of: "outbox.sqlite", with: "other.sqlite").utf8).write(to: elsewhere)
            let third = try await Binary.run(["serve", "--config", elsewhere.path])
            #expect(third.status == 71)
            #expect(third.complaints.contains(store.socket))
            #expect(try await store.request(.GET, "/readyz").status == 200)
            await first.kill()
            #expect(FileManager.default.fileExists(atPath: store.socket))
            let fourth = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/readyz").status == 200)
            #expect(await fourth.stop() == 0)
        }
    }

    @Test("while Slime is slow the receipt is printed without QR at the deadline, and the QR follows by itself")
    func slowSlime() async throws {
        try await Store.open(receipt: "qr_deadline = \"300ms\"") { store in
            await store.slime.inject(.init(.slow(.seconds(2)), transactionID: "TEST-ES-0002", times: 1))
            let gateway = try await RunningGateway.start(in: store)
            let answer = try await store.request(.POST, "/v1/sales?wait=printed&timeout=30s", Store.sale())
            #expect(try answer.sale().prints.map(\.withQR) == [false])
            let registered = try await store.request(.POST, "/v1/sales?wait=registered&timeout=30s", Store.sale())
            #expect(try registered.sale().registration.state == "ready")
            let slip = try await store.printer.paper(atLeast: 2)
            #expect(try await readQR(try slip.bitmap.png()) == registered.sale().registration.serviceURL)
            let reprint = try await store.command("reprint", "TEST-ES-0002")
            #expect(reprint.status == 0)
            let copy = try await store.printer.paper(atLeast: 3)
            #expect(try await readQR(try copy.bitmap.png()) == registered.sale().registration.serviceURL)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a stop answers the till that waits instead of waiting with it")
    func stopWhileWaiting() async throws {
        try await Store.open { store in
            await store.printer.set(.coverOpen)
            let gateway = try await RunningGateway.start(in: store)
            async let answer = store.request(.POST, "/v1/sales?wait=printed&timeout=60s", Store.sale())
            while try await store.request(.GET, "/v1/sales/TEST-ES-0002").status == 404 {}
            let begun = ContinuousClock.now
            #expect(await gateway.stop() == 0)
            #expect(ContinuousClock.now - begun < .seconds(15))
            let status = try await answer.status
            #expect(status == 201)
        }
    }
}
