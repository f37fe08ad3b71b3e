import Foundation
import GatewayAPI
import NIOHTTP1
import Simulators
import Testing

/// A shop that changes its provider, and later forgets the first.
@Suite(.timeLimit(.minutes(2))) struct ProviderChangeTests {
    private static let fullInvoice = "สแกนเพื่อขอใบกำกับภาษีเต็มรูป"
    private static let receipt = "สแกนเพื่อดูใบเสร็จอิเล็กทรอนิกส์"

    @Test("sales that the old provider still owes go to it, or wait for its table, while new ones go to the new one")
    func owed() async throws {
        try await open { store, billgate, both in
            await store.slime.inject(.init(.unavailable(status: 503)))
            let owed = try await during(both, in: store) {
                try await store.request(.POST, "/v1/sales?wait=printed", Store.sale("OLD")).sale()
            }
            #expect(owed.registration.state == "pending")
            #expect(owed.prints.map(\.state) == ["printed"])

            let changed = both.replacing("[slime]", with: "[provider]\nuse = \"billgate\"\n[slime]")
            let table = try #require(changed.firstMatch(of: #/\[slime\](?s:.)*?(?=\[billgate\])/#))
            try await during(changed.replacing(table.output, with: ""), in: store) {
                let old = try await store.request(.GET, "/v1/sales/OLD").sale()
                #expect(old.registration.state == "held")
                #expect(old.registration.provider == "slime")
                #expect(old.registration.lastError?.code == "Gateway::ProviderMissing")
                let new = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale("NEW")).sale()
                #expect(new.registration.state == "ready")
                #expect(new.prints.map(\.state) == ["printed"])
                let copy = try await store.request(.POST, "/v1/sales/OLD/reprint", "{}")
                #expect(copy.status == 202)
            }
            #expect(await store.slime.transactions().isEmpty)

            try await during(changed, in: store) {
                await store.slime.clearFaults()
                let another = try await store.request(.POST, "/v1/sales?wait=registered", Store.sale("NEW-2"))
                    .sale()
                #expect(another.registration.provider == "billgate")
                let drained = try await store.request(
                    .POST, "/v1/sales?wait=registered&timeout=60s", Store.sale("OLD")
                ).sale()
                #expect(drained.registration.state == "ready")
                #expect(drained.registration.provider == "slime")
            }
            #expect(await store.slime.transactions().map(\.id) == ["OLD"])
            #expect(await billgate.madeByNumber(.receipt) == ["NEW": 1, "NEW-2": 1])
        }
    }

    @Test("a sale and its papers stay with the provider under which it was accepted")
    func change() async throws {
        try await open { store, billgate, both in
            let first = try await during(both, in: store) {
                try await store.request(.POST, "/v1/sales?wait=printed", Store.sale("OLD")).sale()
            }
            #expect(first.registration.provider == "slime")
            #expect(try await words(of: "OLD", in: both, store).contains(Self.fullInvoice))

            let changed = both.replacing("[slime]", with: "[provider]\nuse = \"billgate\"\n[slime]")
            let second = try await during(changed, in: store) {
                try await store.request(.POST, "/v1/sales?wait=printed", Store.sale("NEW")).sale()
            }
            #expect(second.registration.provider == "billgate")
            #expect(second.registration.state == "ready")
            let list = try await during(changed, in: store) { try await store.command("sales").output }
            #expect(list.contains(#/PROVIDER +REGISTRATION +PAPER\n.* billgate .*\n.* slime /#), "\(list)")
            let new = try await words(of: "NEW", in: changed, store)
            #expect(new.contains(Self.receipt) && !new.contains(Self.fullInvoice))

            let table = try #require(changed.firstMatch(of: #/\[slime\](?s:.)*?(?=\[billgate\])/#))
            let forgotten = changed.replacing(table.output, with: "")
            let old = try await words(of: "OLD", in: forgotten, store)
            #expect(old.contains(Self.fullInvoice) && !old.contains(Self.receipt))
            #expect(await billgate.madeByNumber(.receipt) == ["NEW": 1])
            #expect(await store.slime.transactions().map(\.id) == ["OLD"])
        }
    }

    /// - Parameter body: is given the configuration with the tables of both.
    private func open(_ body: (Store, BillgateSimulator, String) async throws -> Void) async throws {
        let account = BillgateSimulator.Configuration()
        let billgate = BillgateSimulator(configuration: account)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await billgate.run() }
            defer { group.cancelAll() }
            try await Store.open(slime: try await Self.table(of: billgate)) { store in
                try Data(account.key.utf8).write(to: store.folder.appendingPathComponent("billgate-key"))
                try await body(store, billgate, try String(contentsOf: store.configuration, encoding: .utf8))
            }
        }
    }

    private static func table(of billgate: BillgateSimulator) async throws -> String {
        """
        [billgate]
        endpoint = "\(try await billgate.endpoint())"
        key_file = "billgate-key"
        [billgate.walk_in]
        house_number = "99"
        sub_district = "คลองเตย"
        district = "คลองเตย"
        province = "กรุงเทพมหานคร"
        post_code = "10110"
        """
    }

    /// What `body` gives while the gateway runs with this configuration.
    private func during<Value>(
        _ configuration: String, in store: Store, _ body: () async throws -> Value
    ) async throws -> Value {
        try Data(configuration.utf8).write(to: store.configuration)
        let gateway = try await RunningGateway.start(in: store)
        let value = try await body()
        #expect(await gateway.stop() == 0)
        return value
    }

    /// The text of a copy, without the white space.
    private func words(of id: String, in configuration: String, _ store: Store) async throws -> String {
        let pdf = try await during(configuration, in: store) {
            try await store.request(.GET, "/v1/sales/\(id)/receipt.pdf").body
        }
        let file = store.folder.appendingPathComponent("\(id).pdf")
        try Data(pdf).write(to: file)
        let outcome = try await Binary.run(
            ["-raw", file.path, "-"], at: URL(fileURLWithPath: "/usr/bin/pdftotext"))
        return outcome.output.filter { !$0.isWhitespace }
            .replacingOccurrences(of: "\u{0E4D}\u{0E32}", with: "\u{0E33}", options: .literal)
    }
}
