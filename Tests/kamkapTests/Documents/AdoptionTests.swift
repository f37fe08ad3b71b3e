import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Simulators
import Testing

/// `retry --adopt`: nobody takes a stranger's transaction unseen.
@Suite(.timeLimit(.minutes(2))) struct AdoptionTests {
    /// A sale whose id somebody else used at Slime before: the database of the gateway that used it is gone.
    private func withStranger(
        corn: String, _ body: (Store, RunningGateway) async throws -> Void
    ) async throws {
        try await Store.open { store in
            let first = try await RunningGateway.start(in: store)
            try await store.register("A")
            #expect(await first.stop() == 0)
            try FileManager.default.removeItem(at: store.folder.appendingPathComponent("data"))
            let second = try await RunningGateway.start(in: store)
            let sale = Store.sale("A", corn: corn).dropLast() + ",\"receipt\":{\"print\":false}}"
            let answer = try await store.request(.POST, "/v1/sales?wait=registered&timeout=30s", String(sale))
            #expect(try answer.sale().registration.state == "rejected")
            try await body(store, second)
            #expect(await second.stop() == 0)
        }
    }

    private func state(_ store: Store) async throws -> String {
        try await store.request(.GET, "/v1/sales/A").sale().registration.state
    }

    private func atTerminal(_ answer: String, _ store: Store) async throws -> Binary.Outcome {
        try await Binary.run(
            [Fixture.file("answer.py").path, answer, Binary.url().path, "retry", "A", "--adopt"],
            environment: ["KAMKAP_SOCKET": store.socket], at: URL(fileURLWithPath: "/usr/bin/python3"))
    }

    @Test("a person sees what Slime has, and a loud word where it comes to something else, and decides")
    func asked() async throws {
        try await withStranger(corn: "\"9\"") { store, _ in
            for answer in ["n", "", "EOF", "perhaps"] {
                let kept = try await atTerminal(answer, store)
                #expect(kept.status == 1, "\(answer): \(kept.output)")
                #expect(kept.output.contains("nothing was changed"))
                #expect(kept.output.contains("*** THE AMOUNTS DIFFER"))
                #expect(kept.output.contains("412.60") && kept.output.contains("428.65"), "\(kept.output)")
                #expect(try await state(store) == "rejected")
            }
            let taken = try await atTerminal("y", store)
            #expect(taken.status == 0, "\(taken.output)")
            #expect(!taken.output.contains("trading-document-interface"))
            let answer = try await store.request(.GET, "/v1/sales/A")
            #expect(["pending", "ready"].contains(try answer.sale().registration.state))
        }
    }

    @Test("a script says --yes and is shown the same beside its output; without it nothing is done")
    func scripted() async throws {
        try await withStranger(corn: "\"8\"") { store, _ in
            let unseen = try await store.command("retry", "A", "--adopt")
            #expect(unseen.status == 64 && unseen.complaints.contains("--yes"), "\(unseen.complaints)")
            #expect(try await state(store) == "rejected")
            #expect(try await store.command("retry", "A", "--yes").status == 64)
            let taken = try await store.command("retry", "A", "--adopt", "--yes", "--json")
            #expect(taken.status == 0)
            #expect(taken.complaints.contains("The amounts agree."), "\(taken.complaints)")
            #expect(try SaleResource(json: JSONParser.parse(Array(taken.output.utf8))).transactionID == "A")
        }
    }

    @Test("what cannot be shown is not adopted")
    func unseen() async throws {
        try await withStranger(corn: "\"9\"") { store, _ in
            await store.slime.inject(.init(.exception(code: "NotFound"), subject: "trading-transaction/show"))
            let gone = try await store.command("retry", "A", "--adopt", "--yes")
            #expect(gone.status == 65 && gone.complaints.contains("Slime has no transaction A"), "\(gone.complaints)")
            await store.slime.clearFaults()
            await store.slime.inject(.init(.unavailable(status: 503), subject: "trading-transaction/show"))
            #expect(try await store.command("retry", "A", "--adopt", "--yes").status == 69)
            #expect(try await state(store) == "rejected")
            await store.slime.clearFaults()
        }
    }

    @Test(
        "the route says how the amounts compare",
        arguments: [("\"8\"", "equal", "412.60"), ("\"9\"", "differs", "428.65")])
    func route(corn: String, comparison: String, total: String) async throws {
        try await withStranger(corn: corn) { store, _ in
            let answer = try await store.request(.GET, "/v1/sales/A/transaction")
            let found = try SaleTransactionResource(json: JSONParser.parse(answer.body))
            #expect(found.comparison == comparison && found.total == total)
            #expect(found.transaction.transactionID == "A" && found.transaction.tradeValue == "412.60")
            #expect(found.transaction.initiatedAt != nil && found.transaction.documents == [])
            #expect(!String(decoding: answer.body, as: UTF8.self).contains("http"))
            await store.slime.inject(.init(.tradeValue(nil), times: 1))
            let untold = try await store.request(.GET, "/v1/sales/A/transaction")
            let resource = try SaleTransactionResource(json: JSONParser.parse(untold.body))
            #expect(resource.comparison == "untold" && resource.transaction.tradeValue == nil)
        }
    }
}
