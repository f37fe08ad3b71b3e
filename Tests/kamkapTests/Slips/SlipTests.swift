import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

@Suite(.timeLimit(.minutes(5))) struct SlipTests {
    private func script(
        amount: String = "120.00", date: String = "2026-11-20", from: String = "xxx-x-x1234-x",
        to: String = "xxx-x-x5678-x"
    ) -> SlipScript {
        SlipScript(amount: amount, date: date, from: from, to: to)
    }

    @Test("each way in which a slip differs is named, and no log, event or metric tells what stands on it")
    func differences() async throws {
        try await SlipStore.open { shop in
            let gateway = try await RunningGateway.start(in: shop.store)
            var follower = try await EventFollower(shop.store)
            for id in ["A", "B"] { #expect(try await shop.sell(id).registration.state == "ready") }
            let agrees = try await shop.handIn(try SlipStore.picture(1), reading: script(), for: "A")
            #expect(agrees.state == "matched" && agrees.accountChecked && agrees.differences.isEmpty, "\(agrees)")
            let readings: [(SlipScript, [String])] = [
                (script(amount: "102.00"), ["amount"]), (script(date: "2026-11-18", from: "xxx-x-x2222-x"), ["date"]),
                (script(from: "xxx-x-x3333-x", to: "xxx-x-x9999-x"), ["account"]),
                // The transfer that belongs to A, in another picture.
                (script(), ["seen-before"]),
            ]
            for (number, (reading, checks)) in readings.enumerated() {
                let slip = try await shop.handIn(try SlipStore.picture(UInt8(10 + number)), reading: reading, for: "B")
                #expect(slip.state == "differs" && slip.differences.map(\.check) == checks, "\(slip)")
            }
            // The very picture.
            let again = try await shop.handIn(try SlipStore.picture(1), for: "B")
            #expect(again.state == "differs" && again.differences.map(\.check) == ["seen-before"], "\(again)")
            let unread = try await shop.handIn(
                try SlipStore.picture(20), reading: try SlipScript(result: nil), for: "B")
            #expect(unread.state == "unreadable" && unread.read == nil, "\(unread)")
            let sale = try await shop.store.request(.GET, "/v1/sales/B").sale()
            #expect(sale.slips.count == 6)
            _ = try await follower.next {
                $0.name == "slip" && $0.text("id") == unread.id && $0.text("state") == "unreadable"
            }
            let metrics = try await shop.store.request(.GET, "/metrics").body
            #expect(await gateway.stop() == 0)
            let told = follower.received + String(decoding: metrics, as: UTF8.self) + (try gateway.logged())
            for hidden in [shop.key, SlipStore.account, "xxx-x-x", "กสิกรไทย", "102.00"] {
                #expect(!told.contains(hidden), "\(hidden)")
            }
            #expect(told.contains("slip-differs"))
        }
    }

    @Test("without credits slips are held, sales and paper go on, and once there are some slips go on by themselves")
    func credits() async throws {
        try await SlipStore.open {
            $0.credits = 0
        } _: { shop in
            let gateway = try await RunningGateway.start(in: shop.store)
            #expect(try await shop.sell("A").registration.state == "ready")
            let held = try await shop.handIn(try SlipStore.picture(1), reading: script(), for: "A")
            #expect(held.state == "held" && held.lastError?.code == "ScanlyIQ::402", "\(held)")
            let sale = try await shop.sell("B")
            #expect(sale.registration.state == "ready" && sale.prints.map(\.state) == ["printed"])
            #expect(try await shop.store.command("status").output.contains("ScanlyIQ"))
            await shop.reader.topUp(100)
            let read = try await until(within: .seconds(120)) {
                let slip = try await shop.slip(held.id)
                return ["held", "waiting", "reading"].contains(slip.state) ? nil : slip
            } orElse: {
                "the slip was not read within two minutes of the top-up"
            }
            #expect(read.state == "matched", "\(read)")
            #expect(await shop.reader.madeJobs().count == 1)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a sale's paper has its QR while the reader of slips is dead") func dead() async throws {
        try await SlipStore.open { shop in
            let gateway = try await RunningGateway.start(in: shop.store)
            await shop.reader.inject(.init(.slow(.seconds(120))))
            #expect(try await shop.sell("A").prints.map(\.withQR) == [true])
            let slip = try await shop.handIn(try SlipStore.picture(1), for: "A", wait: "checked&timeout=1s")
            #expect(["waiting", "reading"].contains(slip.state), "\(slip)")
            #expect(try await shop.sell("B").prints.map(\.withQR) == [true])
            await gateway.kill()
            await shop.reader.clearFaults()
            let next = try await RunningGateway.start(in: shop.store)
            let sale = try await shop.store.request(.GET, "/v1/sales/A").sale()
            #expect(sale.slips.map(\.id) == [slip.id])
            #expect(await next.stop() == 0)
        }
    }
}
