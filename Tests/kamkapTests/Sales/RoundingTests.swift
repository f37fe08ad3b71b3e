import Foundation
import GatewayAPI
import NIOHTTP1
import Sales
import Testing

@Suite(.timeLimit(.minutes(2))) struct RoundingTests {
    /// Ten times 0.335: 3.40 where each line is rounded, 3.35 where only the total is.
    private static func halves(_ id: String = "HALVES", receipt: String = "{}") -> String {
        let line = #"{"name":"ลูกอม","unit_price":"0.335","quantity":"1","vatable":true}"#
        let lines = Array(repeating: line, count: 10).joined(separator: ",")
        return """
            {"transaction_id":"\(id)","document":{"issued_at":"2023-11-30T17:00:00Z","line_items":[\(lines)]},
             "receipt":\(receipt)}
            """
    }

    @Test(
        "a configuration that changes between paper and copy changes neither, and a till is told which rule refused it")
    func changedConfiguration() async throws {
        try await Store.open { store in
            var gateway = try await RunningGateway.start(in: store)
            let sold = try await store.request(.POST, "/v1/sales?wait=printed", Self.halves())
            #expect(try sold.sale().totals.total == "3.40")
            let copy = try await store.request(.GET, "/v1/sales/HALVES/receipt.png").body
            let refused = try await store.request(
                .POST, "/v1/sales", Self.halves("OTHER", receipt: #"{"total":"3.35"}"#))
            #expect(refused.status == 422)
            #expect(
                try refused.problem().errors?.map(\.detail) == [
                    "the lines add up to 3.40 (VAT 0.22) by rounding rule \"line\", found \"3.35\", "
                        + "which is what rule \"total\" gives: see receipt.rounding_rule"
                ])
            let own = Self.halves("OWN", receipt: #"{"total":"3.35","rounding_rule":"total"}"#)
            #expect(try await store.request(.POST, "/v1/sales", own).sale().totals.total == "3.35")
            #expect(await gateway.stop() == 0)

            let text = try String(contentsOf: store.configuration, encoding: .utf8)
            try Data((text + "\n[sales]\nrounding = \"total\"\n").utf8).write(to: store.configuration)
            gateway = try await RunningGateway.start(in: store)
            #expect(try await store.request(.GET, "/v1/sales/HALVES/receipt.png").body == copy)
            let again = try await store.request(.POST, "/v1/sales", Self.halves())
            #expect(again.status == 200)
            #expect(try again.sale().totals.total == "3.40")
            #expect(try await store.request(.POST, "/v1/sales", Self.halves("NEW")).sale().totals.total == "3.35")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a total that differs at Slime needs a hand until somebody has acknowledged it, and rejects nothing")
    func totalDiffers() async throws {
        try await Store.open { store in
            var gateway = try await RunningGateway.start(in: store)
            let sold = try await store.request(.POST, "/v1/sales?wait=registered", Self.halves())
            #expect(try sold.sale().registration.state == "ready")
            let alarmed = try await store.command("status")
            #expect(alarmed.status == 1)
            #expect(
                alarmed.output.contains(
                    "Slime made 1 document with another total than the paper's (the last: HALVES: 3.35 at Slime, 3.40 on paper)."
                ), "\(alarmed.output)")
            #expect(try gateway.logged().contains("alarm.code=total-differs"))
            #expect(try await store.command("status", "--acknowledge", "total-differs").status == 0)
            #expect(await gateway.stop() == 0)
            gateway = try await RunningGateway.start(in: store)
            #expect(try await store.command("status").status == 0)
            let link = try #require(try sold.sale().registration.serviceURL)
            #expect(try !gateway.logged().contains(link))
            #expect(await gateway.stop() == 0)
        }
    }
}
