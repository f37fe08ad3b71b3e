import Testing

@testable import Journey

@Suite struct BackoffTests {
    private static let nearlyOne = 1.0.nextDown

    @Test(
        "the longest wait doubles until it is capped",
        arguments: [
            (1, 400), (2, 800), (3, 1_600), (4, 3_200), (10, 204_800), (11, 409_600), (12, 600_000), (13, 600_000),
            (31, 600_000), (1_000_000, 600_000), (Int.max, 600_000), (0, 400), (Int.min + 1, 400),
        ])
    func doubling(failures: Int, milliseconds: Int) {
        let delay = Backoff.sale.delay(failures: failures, jitter: Self.nearlyOne)
        #expect(delay <= .milliseconds(milliseconds))
        #expect(delay > .milliseconds(milliseconds) - .microseconds(1))
    }

    @Test(
        "full jitter: no wait at all for 0, in proportion for the rest",
        arguments: [Backoff.sale, .unknownCode, .probe])
    func jitter(backoff: Backoff) {
        #expect(backoff.delay(failures: 5, jitter: 0) == .zero)
        #expect(backoff.delay(failures: 100, jitter: 0.5) == backoff.cap / 2)
        #expect(backoff.delay(failures: 1, jitter: 0.25) == backoff.base / 4)
    }

    @Test("a draw outside of 0 to 1 neither turns back time nor leaves the cap", arguments: [-3.0, 1.5, .infinity])
    func wildJitter(jitter: Double) {
        let delay = Backoff.probe.delay(failures: 3, jitter: jitter)
        #expect(delay >= .zero && delay <= .seconds(4))
    }

    @Test(
        "no sale waits longer than ten minutes, one with an unknown code no longer than an hour, a probe half a minute")
    func caps() {
        #expect(Backoff.sale.cap == .seconds(600))
        #expect(Backoff.charged.cap == .seconds(60))
        #expect(Backoff.unknownCode.cap == .seconds(3_600))
        #expect(Backoff.probe.cap == .seconds(30))
    }

    @Test(
        "what the other side asks for is honoured, up to an hour",
        arguments: [
            (0.0, 7, 7), (0.0, 900, 900), (0.0, 3_600, 3_600), (0.0, 86_400, 3_600), (1.0, 5, 600), (1.0, 900, 900),
            (0.0, -5, 0),
        ] as [(Double, Int, Int)])
    func minimum(jitter: Double, asked: Int, expected: Int) {
        #expect(Backoff.sale.delay(failures: 50, jitter: jitter, minimum: .seconds(asked)) == .seconds(expected))
    }
}
