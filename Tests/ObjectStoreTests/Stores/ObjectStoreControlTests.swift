import Foundation
import HTTPCalls
import NIOHTTP1
import Simulators
import Testing

@testable import ObjectStore

/// What a developer does with the simulator over HTTP.
@Suite(.timeLimit(.minutes(1))) struct ObjectStoreControlTests {
    private func open(_ body: (TestStore) async throws -> Void) async throws {
        var configuration = ObjectStoreSimulator.Configuration()
        configuration.control = true
        try await TestStore.simulated(configuration) { store, _ in try await body(store) }
    }

    private func json(_ store: TestStore, _ path: String) async throws -> String {
        let answer = try await store.call(.GET, "\(store.endpoint)/simulator/\(path)")
        #expect(answer.status == 200)
        return String(decoding: answer.body, as: UTF8.self)
    }

    @Test("it lists what is kept and what was called, and never a key or a link")
    func lists() async throws {
        try await open { store in
            try await store.client { client in
                let key = try #require(ObjectKey("ใบ 1.pdf"))
                try await client.put(Array("paper".utf8), key: key, contentType: "application/pdf")
                let link = client.presignedGet(key, life: .seconds(60)).text
                _ = try await store.call(.GET, link)
                let objects = try await json(store, "objects")
                for part in [
                    #""key":"ใบ 1.pdf""#, #""content_type":"application/pdf""#, #""size":5"#, #""puts":1"#,
                    #""gets":1"#,
                ] { #expect(objects.contains(part), "\(objects)") }
                let calls = try await json(store, "calls?limit=1")
                #expect(calls.contains(#""operation":"get""#) && !calls.contains("X-Amz") && !calls.contains("put"))
                #expect(try await json(store, "counters").contains(#""puts":1"#))
            }
        }
    }

    @Test(
        "each kind of fault is set and read as the same",
        arguments: [
            #"{"kind":"slow","milliseconds":3000}"#, #"{"kind":"unavailable","retry_after":5,"status":502}"#,
            #"{"code":"SlowDown","kind":"refusal","status":503}"#, #"{"kind":"lose_answer_before_acting","times":2}"#,
            #"{"kind":"lose_answer_after_acting","operation":"delete"}"#, #"{"kind":"garbage"}"#,
            #"{"kind":"truncated"}"#, #"{"kind":"endless"}"#, #"{"coding":"bomb","kind":"packed"}"#,
            #"{"kind":"clock","seconds":-1200}"#, #"{"kind":"shown_clock","seconds":1200}"#,
        ])
    func faults(fault: String) async throws {
        try await open { store in
            let url = "\(store.endpoint)/simulator/faults"
            let set = try await store.call(.PUT, url, body: Array("[\(fault)]".utf8))
            #expect(set.status == 200)
            #expect(try await json(store, "faults") == "[\(fault)]")
            let cleared = try await store.call(.DELETE, url)
            #expect(cleared.status == 200)
            #expect(try await json(store, "faults") == "[]")
        }
    }

    @Test(
        "a fault that is none is refused in words",
        arguments: ["{}", "[{}]", #"[{"kind":"moon"}]"#, #"[{"kind":"slow","milliseconds":-1}]"#, "["])
    func noFault(text: String) async throws {
        try await open { store in
            let answer = try await store.call(.PUT, "\(store.endpoint)/simulator/faults", body: Array(text.utf8))
            #expect(answer.status == 400 && !answer.body.isEmpty)
        }
    }

    @Test("without being switched on, it is closed")
    func closed() async throws {
        try await TestStore.simulated { store, _ in
            let answer = try await store.call(.GET, "\(store.endpoint)/simulator/objects")
            #expect(answer.status == 403)
        }
    }
}
