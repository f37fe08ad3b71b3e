import Foundation
import RemoteServices
import Synchronization
import Testing

@testable import Slime

@Suite struct SigningClockTests {
    /// The machine's clock and counted time, an hour apart.
    private final class Times: Sendable {
        private let seconds = Mutex((shown: 1_000.0, counted: 4_600.0))

        var clock: ServiceClock {
            ServiceClock(
                shown: { Date(timeIntervalSince1970: self.seconds.withLock(\.shown)) },
                counted: { Date(timeIntervalSince1970: self.seconds.withLock(\.counted)) })
        }

        func pass(_ elapsed: Double, setting step: Double = 0) {
            seconds.withLock { ($0.shown, $0.counted) = ($0.shown + elapsed + step, $0.counted + elapsed) }
        }
    }

    private func server(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    @Test("until the service complains, the machine's clock signs")
    func uncorrected() {
        let clock = SigningClock(Times().clock)
        #expect(clock.time.now == server(1_000) && clock.drift == 0)
    }

    @Test("the service's time is taken once, and goes on by counted time whatever the machine's clock does")
    func corrected() {
        let times = Times()
        let clock = SigningClock(times.clock)
        #expect(clock.correct(by: server(1_090), signedWith: 0) == (true, 90))
        #expect(clock.time.now == server(1_090) && clock.drift == 90)
        times.pass(10, setting: 90)
        #expect(clock.time.now == server(1_100) && clock.drift == 0)
    }

    @Test("a correction that did not help is not made again before a call has ended")
    func once() {
        let clock = SigningClock(Times().clock)
        _ = clock.correct(by: server(1_090), signedWith: 0)
        #expect(clock.correct(by: server(1_200), signedWith: 1) == (false, nil))
        clock.gaveUp()
        #expect(clock.correct(by: server(1_200), signedWith: 1) == (true, 200))
        clock.succeeded()
        #expect(clock.correct(by: server(970), signedWith: 2) == (true, -30))
    }

    @Test("a call that was signed before another corrected the clock is only signed again", arguments: [1_090, 1_000])
    func elsewhere(seconds: Double) {
        let clock = SigningClock(Times().clock)
        _ = clock.correct(by: server(seconds), signedWith: 0)
        #expect(clock.correct(by: server(1_500), signedWith: 0) == (true, nil))
        #expect(clock.time.now == server(seconds))
    }

    @Test("without the service's time nothing is corrected, and no correction is used up")
    func withoutDate() {
        let clock = SigningClock(Times().clock)
        #expect(clock.correct(by: nil, signedWith: 0) == (false, nil))
        #expect(clock.correct(by: server(1_004), signedWith: 0) == (true, 4))
    }
}
