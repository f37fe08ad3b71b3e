import Foundation
import HTTPCalls
import NIOHTTP1
import Simulators
import Testing

@testable import ObjectStore

@Suite(.timeLimit(.minutes(2))) struct ObjectStoreClientTests {
    private static let paper = Array("%PDF-1.4 a supplier's invoice".utf8)

    private func put(
        timeout: Duration = .seconds(10), clock: StoreClock = .system,
        _ faults: ObjectStoreSimulator.Fault...
    ) async throws -> (error: ObjectStoreError?, kept: Int, calls: [ObjectStoreSimulator.Call]) {
        try await TestStore.simulated { store, simulator in
            for fault in faults { await simulator.inject(fault) }
            return try await store.client(clock: clock, timeout: timeout) { client in
                let error = await storeError {
                    try await client.put(
                        Self.paper, key: .random(fileExtension: "pdf"), contentType: "application/pdf")
                }
                return (error, await simulator.objects().count, await simulator.calls())
            }
        }
    }

    @Test(
        "an answer that does not say that the object is kept is an error, which says whether it may be kept",
        arguments: [
            (ObjectStoreSimulator.Fault.Kind.loseAnswerBeforeActing, "Gateway::Unanswered", 0),
            (.loseAnswerAfterActing, "Gateway::Unanswered", 1), (.truncated, "Gateway::Unanswered", 1),
            (.garbage, "Gateway::Unintelligible", 0), (.endless, "Gateway::Unintelligible", 1),
            (.packed(.bomb), "Gateway::Unintelligible", 1), (.unavailable(status: 502), "HTTP::502", 0),
            (.unavailable(status: 500), "HTTP::500", 0),
            (.refusal(status: 500, code: "InternalError"), "ObjectStore::InternalError", 0),
        ])
    func unanswered(kind: ObjectStoreSimulator.Fault.Kind, code: String, kept: Int) async throws {
        let result = try await put(.init(kind))
        #expect(result.error?.code == code && result.error?.meaning == .retry)
        #expect(result.error?.mayHaveActed == true)
        #expect(result.kept == kept && result.calls.count == 1)
    }

    @Test(
        "an answer that says no is an error that nothing came of",
        arguments: [
            (ObjectStoreSimulator.Fault.Kind.unavailable(status: 302), "HTTP::302", ObjectStoreError.Meaning.retry),
            (.unavailable(status: 403), "HTTP::403", .retry),
            (.unavailable(status: 429, retryAfter: .seconds(9)), "HTTP::429", .retry),
            (.refusal(status: 403, code: "AccessDenied"), "ObjectStore::AccessDenied", .misconfigured),
            (.refusal(status: 400, code: "EntityTooLarge"), "ObjectStore::EntityTooLarge", .refused),
        ])
    func refused(kind: ObjectStoreSimulator.Fault.Kind, code: String, meaning: ObjectStoreError.Meaning) async throws {
        let result = try await put(.init(kind))
        #expect(result.error?.code == code && result.error?.meaning == meaning)
        #expect(result.error?.mayHaveActed == false && result.kept == 0 && result.calls.count == 1)
        if case .unavailable(429, let wait) = kind { #expect(result.error?.retryAfter == wait) }
    }

    @Test("a store that is busy says how long to wait")
    func slowDown() async throws {
        let error = try await put(.init(.refusal(status: 503, code: "SlowDown", retryAfter: .seconds(11)))).error
        #expect(error?.code == "ObjectStore::SlowDown" && error?.meaning == .retry)
        #expect(error?.retryAfter == .seconds(11))
    }

    @Test("a call has one deadline as a whole")
    func slow() async throws {
        let begun = ContinuousClock.now
        let result = try await put(timeout: .milliseconds(400), .init(.slow(.seconds(60))))
        #expect(result.error?.code == "Gateway::Unanswered" && result.error?.mayHaveActed == true)
        #expect(ContinuousClock.now - begun < .seconds(20))
    }

    @Test("a lost answer is repaired by saying the same once more: one object")
    func repeated() async throws {
        try await TestStore.simulated { store, simulator in
            try await store.client { client in
                let key = ObjectKey.random(fileExtension: "pdf")
                await simulator.inject(.init(.loseAnswerAfterActing, times: 1))
                let lost = await storeError {
                    try await client.put(Self.paper, key: key, contentType: "application/pdf")
                }
                #expect(lost?.mayHaveActed == true)
                try await client.put(Self.paper, key: key, contentType: "application/pdf")
                #expect(await simulator.objects().map(\.bytes) == [Self.paper])
                await simulator.inject(.init(.loseAnswerAfterActing, operation: .delete, times: 1))
                #expect(await storeError { try await client.delete(key) }?.mayHaveActed == true)
                try await client.delete(key)
                #expect(await simulator.objects().isEmpty)
            }
        }
    }

    @Test("a store that answers 404 to a removal means the same as one that answers 204")
    func removed() async throws {
        var configuration = ObjectStoreSimulator.Configuration()
        configuration.missingObjectStatus = 404
        try await TestStore.simulated(configuration) { store, simulator in
            try await store.client { try await $0.delete(.random(fileExtension: "pdf")) }
            #expect(await simulator.calls().map(\.code) == ["NoSuchKey"])
        }
    }

    @Test("a call that is cancelled in the middle ends at once, and says what may have come of it")
    func cancelled() async throws {
        try await TestStore.simulated { store, simulator in
            await simulator.inject(.init(.slow(.seconds(60))))
            try await store.client(timeout: .seconds(60)) { client in
                let begun = ContinuousClock.now
                let error = try await withThrowingTaskGroup(of: ObjectStoreError?.self) { group in
                    group.addTask {
                        await storeError {
                            try await client.put(
                                Self.paper, key: .random(fileExtension: "pdf"), contentType: "application/pdf")
                        }
                    }
                    try await simulator.waitForCalls(atLeast: 1)
                    group.cancelAll()
                    return try await group.next() ?? nil
                }
                #expect(error?.meaning == .retry && error?.mayHaveActed == true)
                #expect(ContinuousClock.now - begun < .seconds(20))
            }
        }
    }

    @Test("a store that is not there is known to have been sent nothing")
    func refusedConnection() async throws {
        let gone = try await TestStore.simulated { store, _ in store }
        try await gone.client { client in
            let error = await storeError { try await client.delete(.random(fileExtension: "pdf")) }
            #expect(error?.code == "Gateway::Unreachable" && error?.mayHaveActed == false)
            #expect(error?.message.hasPrefix("Not sent to the object store: ") == true)
        }
    }

    // MARK: Clocks

    @Test("a store that shows another clock than it judges by is asked twice, and no more")
    func lyingClock() async throws {
        let clock = TurnedClock(ahead: .seconds(-7200)).clock
        let result = try await put(clock: clock, .init(.shownClock(ahead: .seconds(7200))))
        #expect(result.error?.code == "ObjectStore::RequestTimeTooSkewed" && result.error?.meaning == .clock)
        #expect(result.calls.count == 2 && result.kept == 0 && result.error?.mayHaveActed == false)
    }

    @Test("a store that refuses the time that it shows itself is asked once")
    func uselessClock() async throws {
        let result = try await put(.init(.refusal(status: 403, code: "RequestTimeTooSkewed")))
        #expect(result.error?.meaning == .clock && result.error?.serverDate != nil)
        #expect(result.calls.count == 1)
    }

    @Test("the store's clock may be set back and forth under way: each call is repeated at most once")
    func movingClock() async throws {
        try await TestStore.simulated { store, simulator in
            try await store.client { client in
                for seconds in [0, 7200, -7200, 0] {
                    await simulator.clearFaults()
                    await simulator.inject(.init(.clock(ahead: .seconds(seconds))))
                    try await client.put(
                        Self.paper, key: .random(fileExtension: "pdf"), contentType: "application/pdf")
                }
                #expect(await simulator.objects().count == 4)
                #expect(await simulator.counters.calls == 7)
            }
        }
    }

    // MARK: Links

    @Test(
        "a link lives as long as it is asked to, for a day at most and a second at least",
        arguments: [
            (Duration.seconds(60), 60), (.seconds(86_400), 86_400), (.seconds(90_000), 86_400), (.zero, 1),
            (.seconds(-5), 1), (.milliseconds(61_900), 61),
        ])
    func life(asked: Duration, seconds: Int) async throws {
        let bucket = try Bucket(endpoint: "https://s3.example.com", region: "us-east-1", name: "papers")
        let clock = TurnedClock(shown: 1_369_353_600.7, counted: 0)
        let client = ObjectStoreClient(
            bucket: bucket, key: try #require(AccessKey(id: "key", secret: "secret")), clock: clock.clock,
            options: ObjectStoreCallOptions(table: "t", timeout: .seconds(1), uploadTimeout: .seconds(1)))
        let link = client.presignedGet(try #require(ObjectKey("a b.pdf")), life: asked)
        #expect(link.life == .seconds(seconds))
        #expect(link.expiresAt == Date(timeIntervalSince1970: 1_369_353_600 + Double(seconds)))
        #expect(link.text.hasPrefix("https://s3.example.com/papers/a%20b.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
        #expect(link.text.contains("&X-Amz-Date=20130524T000000Z&X-Amz-Expires=\(seconds)&X-Amz-SignedHeaders=host&"))
        try await client.shutdown()
    }

    @Test("where the host names the bucket, a link is signed for that host")
    func hostStyle() async throws {
        try await TestStore.simulated { store, _ in
            let port = try #require(URL(string: store.endpoint)?.port)
            let key = try #require(ObjectKey("ใบ 1.pdf"))
            try await store.client { try await $0.put(Self.paper, key: key, contentType: "application/pdf") }
            let client = ObjectStoreClient(
                bucket: try Bucket(
                    endpoint: "http://localhost:\(port)", region: store.region, name: store.bucketName,
                    addressing: .host),
                key: try #require(AccessKey(id: store.keyID, secret: store.secret)), clock: .system,
                options: ObjectStoreCallOptions(table: "t", timeout: .seconds(1), uploadTimeout: .seconds(1)))
            let link = client.presignedGet(key, life: .seconds(60)).text
            try await client.shutdown()
            let host = "\(store.bucketName).localhost:\(port)"
            #expect(link.hasPrefix("http://\(host)/%E0"))
            // This machine's name service may not know the host.
            let url = link.replacing(host, with: "127.0.0.1:\(port)")
            let answer = try await store.call(.GET, url, headers: ["Host": host])
            #expect(answer.status == 200 && answer.body == Self.paper)
        }
    }

    @Test(
        "a content type that would end its header is refused before anything is sent",
        arguments: ["", "a\r\nb: c", "ก"])
    func contentType(text: String) async throws {
        try await TestStore.simulated { store, simulator in
            try await store.client { client in
                let error = await storeError {
                    try await client.put(Self.paper, key: .random(fileExtension: "pdf"), contentType: text)
                }
                #expect(error?.meaning == .misconfigured)
            }
            #expect(await simulator.counters.calls == 0)
        }
    }

    @Test("probes of a store that removes nothing leave one object, and the next one removes it") func probeRemains()
        async throws
    {
        try await TestStore.simulated { store, simulator in
            try await store.client { client in
                await simulator.inject(.init(.refusal(status: 403, code: "AccessDenied"), operation: .delete))
                for _ in 1...5 { #expect(await storeError { try await client.probe() }?.meaning == .misconfigured) }
                #expect(await simulator.objects().count == 1)
                await simulator.clearFaults()
                try await client.probe()
                #expect(await simulator.objects().isEmpty)
            }
        }
    }
}
