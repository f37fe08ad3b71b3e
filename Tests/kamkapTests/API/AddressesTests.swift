import Foundation
import GatewayAPI
import JSON
import Testing

@Suite(.timeLimit(.minutes(1))) struct AddressesTests {
    @Test("a post code or names are looked up at the gateway, as a table or as JSON")
    func command() async throws {
        try await Store.open { store in
            let alone = try await store.command("addresses", "10110")
            #expect(alone.status == 69, "the table is the gateway's")
            let gateway = try await RunningGateway.start(in: store)
            let byCode = try await store.command("addresses", "10110")
            #expect(byCode.status == 0, "\(byCode.complaints)")
            let lines = byCode.output.split(separator: "\n")
            #expect(lines.count == 7)
            #expect(lines.first == "TAMBON  POST CODE    ADDRESS                               IN ENGLISH")
            #expect(
                lines.dropFirst().first
                    == "103301  10110        แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร   Khlong Toei, Khlong Toei, Bangkok"
            )
            let byName = try await store.command("addresses", "คลองเตย", "--json")
            let list = try AddressList(json: try JSONParser.parse(Array(byName.output.utf8)))
            #expect(list.addresses.map(\.tambonID) == ["103301", "103901", "103302", "103303"])
            let words = try await store.command("addresses", "ต.แสมสาร", "อ.สัตหีบ", "--limit", "1")
            #expect(words.output.contains("200905  20180"))
            #expect(!words.output.contains("more:"))
            let many = try await store.command("addresses", "Chon Buri", "--limit", "2")
            #expect(many.output.hasSuffix("\nmore: add a word, or --limit\n"), "\(many.output)")
            let none = try await store.command("addresses", "a place that is not there")
            #expect(none.status == 0)
            #expect(none.output == "no addresses\n")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("what cannot be asked has its exit code and says what is expected")
    func refusals() async throws {
        try await Store.open { store in
            #expect(try await store.command("addresses").status == 64)
            let gateway = try await RunningGateway.start(in: store)
            let limit = try await store.command("addresses", "10110", "--limit", "0")
            #expect(limit.status == 65)
            #expect(limit.complaints.contains("limit: expected a number from 1 to 500"), "\(limit.complaints)")
            let empty = try await store.command("addresses", "")
            #expect(empty.status == 65)
            #expect(empty.complaints.contains("q: expected names"), "\(empty.complaints)")
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("curl's own way to encode a name finds it")
    func curl() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let found = try await Binary.run(
                [
                    "-sG", "--unix-socket", store.socket, "--data-urlencode", "q=ต.แสมสาร อ.สัตหีบ",
                    "http://pos/v1/addresses",
                ], at: URL(fileURLWithPath: "/usr/bin/curl"))
            let list = try AddressList(json: try JSONParser.parse(Array(found.output.utf8)))
            #expect(list.addresses.map(\.tambonID) == ["200905"])
            #expect(await gateway.stop() == 0)
        }
    }
}
