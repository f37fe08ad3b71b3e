import Testing

@testable import ScanlyIQ

@Suite(.timeLimit(.minutes(1))) struct CallLimiterTests {
    private func limiter(_ uploads: Int, window: Duration = .seconds(60)) -> CallLimiter {
        CallLimiter(CallLimits(uploads: uploads, others: 10, window: window))
    }

    private func call(_ limiter: CallLimiter, _ group: CallGroup = .uploads) async -> ScanlyIQError? {
        do {
            try await limiter.run(group, .prompt) { () async throws(ScanlyIQError) in }
            return nil
        } catch { return error }
    }

    @Test("one call too many is not made, and learns how long to wait; the other group goes on")
    func limited() async throws {
        let limiter = limiter(2)
        #expect(await call(limiter) == nil)
        #expect(await call(limiter) == nil)
        let error = try #require(await call(limiter))
        #expect(error.kind == .limited && error.code == "Gateway::CallLimit")
        let wait = try #require(error.retryAfter)
        #expect(wait > .seconds(50) && wait <= .seconds(60))
        #expect(await call(limiter, .others) == nil)
    }

    @Test("the usual limits leave room for a check beside the gateway") func usual() {
        #expect(CallLimits.usual.uploads < 20 && CallLimits.usual.others + 3 < 60)
    }

    @Test("a call waits for a place that is free in a moment")
    func waits() async {
        let limiter = limiter(1, window: .milliseconds(200))
        let start = ContinuousClock.now
        for _ in 0..<3 { #expect(await call(limiter) == nil) }
        #expect(ContinuousClock.now - start >= .milliseconds(400))
    }

    @Test(
        "a 429 stops its group for as long as it says, or for a minute",
        arguments: [(Duration.seconds(30), 25, 30), (nil, 55, 60), (.seconds(86_400), 3_595, 3_600)]
            as [(Duration?, Int64, Int64)])
    func tooMany(retryAfter: Duration?, least: Int64, most: Int64) async throws {
        let limiter = limiter(10)
        await #expect(throws: ScanlyIQError.self) {
            try await limiter.run(.uploads, .prompt) { () async throws(ScanlyIQError) in
                throw ScanlyIQError(.status(429), "", retryAfter: retryAfter)
            }
        }
        let error = try #require(await call(limiter))
        let wait = try #require(error.retryAfter)
        #expect(error.kind == .limited && wait > .seconds(least) && wait <= .seconds(most))
        #expect(await call(limiter, .others) == nil)
    }

    @Test("a call that is cancelled while it waits is not made, and its place is another's")
    func cancelled() async {
        let limiter = limiter(1, window: .seconds(2))
        #expect(await call(limiter) == nil)
        let error = await withTaskGroup(of: ScanlyIQError?.self) { group in
            group.addTask { await call(limiter) }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error?.kind == .limited)
        #expect(await call(limiter) == nil)
    }
}
