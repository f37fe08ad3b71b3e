import Foundation
import Journey
import Outbox
import TestOutbox
import Testing

@Suite struct OutboxIdempotencyTests {
    private static let day: Duration = .seconds(86_400)
    private static let answer = KeptAnswer(status: 202, body: Array(#"{"id":2}"#.utf8))

    private let now = Fixture.now

    private func request(_ key: String = "K", _ fingerprint: UInt8 = 1) -> KeyedRequest {
        KeyedRequest(key: key, fingerprint: [fingerprint])
    }

    private func begin(
        _ request: KeyedRequest, in outbox: Outbox, at time: Date, atMost maximum: Int = 10
    ) async throws -> KeyedRequest.Standing {
        try await outbox.begin(request, at: time, keepingFor: Self.day, atMost: maximum)
    }

    @Test("a request is new once, then begun, then answered; its key is nobody else's")
    func standings() async throws {
        try await withOutbox { outbox, _ in
            #expect(try await begin(request(), in: outbox, at: now) == .new)
            #expect(try await begin(request(), in: outbox, at: now) == .begun)
            #expect(try await begin(request("K", 2), in: outbox, at: now) == .otherRequest)
            #expect(try await begin(request("k"), in: outbox, at: now) == .new, "case counts")
            try await outbox.keep(Self.answer, to: request())
            #expect(try await begin(request(), in: outbox, at: now) == .answered(Self.answer))
            #expect(try await begin(request("K", 2), in: outbox, at: now) == .otherRequest)
            let refusal = KeptAnswer(status: 503, body: [], retryAfter: 5)
            try await outbox.keep(refusal, to: request("k"))
            #expect(try await begin(request("k"), in: outbox, at: now) == .answered(refusal))
        }
    }

    @Test("what was forgotten is new again; what was answered is not forgotten")
    func forgotten() async throws {
        try await withOutbox { outbox, _ in
            #expect(try await begin(request(), in: outbox, at: now) == .new)
            try await outbox.forget(request())
            #expect(try await begin(request(), in: outbox, at: now) == .new)
            try await outbox.keep(Self.answer, to: request())
            try await outbox.forget(request())
            #expect(try await begin(request(), in: outbox, at: now) == .answered(Self.answer))
        }
    }

    @Test("both are known to the next run: what was answered, and what was begun and perhaps done")
    func restart() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            #expect(try await begin(request("answered"), in: outbox, at: now) == .new)
            try await outbox.keep(Self.answer, to: request("answered"))
            #expect(try await begin(request("begun"), in: outbox, at: now) == .new)
            try outbox.close()
            outbox = try Outbox(path: path)
            #expect(try await begin(request("answered"), in: outbox, at: now) == .answered(Self.answer))
            #expect(try await begin(request("begun"), in: outbox, at: now) == .begun)
            try outbox.close()
        }
    }

    @Test("a key is kept for a day of counted time, and one that lies ahead is kept as well")
    func life() async throws {
        try await withOutbox { outbox, _ in
            _ = try await begin(request(), in: outbox, at: now)
            #expect(try await begin(request(), in: outbox, at: now + 86_400) == .begun)
            #expect(try await begin(request(), in: outbox, at: now - 86_400) == .begun)
            #expect(try await begin(request("K", 2), in: outbox, at: now + 86_400.001) == .new)
        }
    }

    @Test("time that had passed before the start, and is known only later, makes keys older too")
    func aged() async throws {
        try await withOutbox { outbox, _ in
            #expect(try await begin(request("before"), in: outbox, at: now) == .new)
            #expect(try await begin(request("since"), in: outbox, at: now + 2) == .new)
            let mark = TimeMark(counted: now, bootID: nil, sinceBoot: .zero, proof: nil, isOpen: false)
            try await outbox.age(by: 86_400, before: now + 1, keeping: mark)
            #expect(try await begin(request("before"), in: outbox, at: now + 3) == .new)
            #expect(try await begin(request("since"), in: outbox, at: now + 3) == .begun)
        }
    }

    @Test("no more keys are kept than may be, and those that are keep their answers")
    func bounded() async throws {
        try await withOutbox { outbox, _ in
            for key in ["A", "B"] { #expect(try await begin(request(key), in: outbox, at: now, atMost: 2) == .new) }
            try await outbox.keep(Self.answer, to: request("A"))
            #expect(try await begin(request("C"), in: outbox, at: now + 1, atMost: 2) == .tooMany)
            #expect(try await begin(request("A"), in: outbox, at: now + 1, atMost: 2) == .answered(Self.answer))
            #expect(try await begin(request("C"), in: outbox, at: now + 86_401, atMost: 2) == .new)
        }
    }
}
