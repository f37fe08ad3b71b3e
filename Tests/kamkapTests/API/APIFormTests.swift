import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Sales
import Testing

@Suite(.timeLimit(.minutes(1))) struct APIFormTests {
    @Test("a known path says which methods it has, and load balancers may ask with HEAD")
    func methods() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            for (method, path, allowed) in [
                (HTTPMethod.PUT, "/v1/sales", "GET, POST"), (.POST, "/v1/status", "GET"),
                (.POST, "/v1/addresses", "GET"),
                (.GET, "/v1/backup", "POST"),
                (.DELETE, "/v1/sales/X", "GET"), (.PATCH, "/healthz", "GET, HEAD"), (.OPTIONS, "/metrics", "GET"),
            ] {
                let answer = try await store.request(method, path)
                #expect(answer.status == 405, "\(method) \(path)")
                #expect(answer.headers.first(name: "Allow") == allowed)
                #expect(try answer.problem().kind == .wrongMethod)
            }
            for path in ["/healthz", "/readyz"] {
                let answer = try await store.request(.HEAD, path)
                #expect(answer.status == 200)
                #expect(answer.body.isEmpty)
            }
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a client that asks before it sends is told to go on") func expectation() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let talk = try await Binary.run(
                [
                    "-sv", "--expect100-timeout", "30", "--unix-socket", store.socket, "-H", "Expect: 100-continue",
                    "-H", "Content-Type: application/json", "-d", Store.sale(), "http://pos/v1/sales",
                ], at: URL(fileURLWithPath: "/usr/bin/curl"))
            #expect(talk.complaints.contains("< HTTP/1.1 100 Continue"))
            #expect(talk.complaints.contains("< HTTP/1.1 201 Created"))
            // Who is refused by the head alone need not send the body.
            let refused = try await Binary.run(
                [
                    "-sv", "--expect100-timeout", "30", "--unix-socket", store.socket, "-H", "Expect: 100-continue",
                    "-H", "Content-Type: text/plain", "-d", Store.sale(), "http://pos/v1/sales",
                ], at: URL(fileURLWithPath: "/usr/bin/curl"))
            #expect(!refused.complaints.contains("100 Continue"))
            #expect(refused.complaints.contains("< HTTP/1.1 415"))
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("the gateway serves its description, of this version") func description() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let answer = try await store.request(.GET, "/v1/openapi.json")
            #expect(answer.headers.first(name: "Content-Type") == "application/json")
            guard case .object(let document) = try JSONParser.parse(answer.body),
                case .object(let info)? = document["info"]
            else { throw FixtureError("no object") }
            #expect(document["openapi"] == .string("3.1.0"))
            let version = try await store.command("--version")
            #expect(info["version"] == .string(version.output.trimmingCharacters(in: .newlines)))
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a pointer to a member with a slash is escaped") func pointers() async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            let answer = try await store.request(.POST, "/v1/sales/X/reprint", #"{"a/b~c":1}"#)
            #expect(answer.status == 422)
            #expect(try answer.problem().errors?.first?.pointer == "/a~1b~0c")
            for query in ["limit=%2B5", "limit=007", "limit=0", "after=%2B1"] {
                #expect(try await store.request(.GET, "/v1/sales?\(query)").status == 400, "\(query)")
            }
            #expect(await gateway.stop() == 0)
        }
    }
}
