import Foundation
import Synchronization
import Testing

@testable import ObjectStore

@Suite struct SignatureClockTests {
    private func date(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    @Test("until the store complains, the machine's clock signs")
    func uncorrected() {
        let clock = SignatureClock(TurnedClock(shown: 1_000, counted: 4_600).clock)
        #expect(clock.now.date == date(1_000))
    }

    @Test("the store's time goes on by counted time, whatever the machine's clock does")
    func corrected() {
        let turned = TurnedClock(shown: 1_000, counted: 4_600)
        let clock = SignatureClock(turned.clock)
        #expect(clock.correct(by: date(2_200), refused: clock.now))
        #expect(clock.now.date == date(2_200))
        turned.pass(10, setting: 1_200)
        #expect(clock.now.date == date(2_210))
        #expect(clock.correct(by: date(9_000), refused: clock.now))
        #expect(clock.now.date == date(9_000))
    }

    @Test("a store that takes the time of a call, and shows another, corrects the clock by which links end")
    func confirmed() {
        let turned = TurnedClock(shown: 1_000, counted: 4_600)
        let clock = SignatureClock(turned.clock)
        let reading = clock.now
        clock.confirm(by: date(1_059), reading, after: .zero)
        clock.confirm(by: date(1_100), reading, after: .seconds(100))
        clock.confirm(by: nil, reading, after: .zero)
        #expect(clock.now.date == date(1_000))
        clock.confirm(by: date(1_840), reading, after: .seconds(10))
        #expect(clock.now.date == date(1_840))
        // What was signed before has nothing more to say.
        clock.confirm(by: date(9_000), reading, after: .zero)
        #expect(clock.now.date == date(1_840))
    }

    @Test("a store that shows the time that it refuses corrects nothing, nor does one that shows none")
    func useless() {
        let clock = SignatureClock(TurnedClock(shown: 1_000, counted: 1_000).clock)
        #expect(!clock.correct(by: date(1_030), refused: clock.now))
        #expect(!clock.correct(by: nil, refused: clock.now))
        #expect(clock.now.date == date(1_000))
    }

    @Test("what was signed before another call corrected the clock is only signed again")
    func elsewhere() {
        let clock = SignatureClock(TurnedClock(shown: 1_000, counted: 1_000).clock)
        let old = clock.now
        #expect(clock.correct(by: date(5_000), refused: old))
        #expect(clock.correct(by: date(8_000), refused: old))
        #expect(clock.now.date == date(5_000))
    }
}

/// A machine's clock that can be set, and counted time.
final class TurnedClock: Sendable {
    private let seconds: Mutex<(shown: Double, counted: Double)>

    init(shown: Double, counted: Double) {
        seconds = Mutex((shown, counted))
    }

    /// As wrong as that.
    convenience init(ahead: Duration) {
        let now = Date().timeIntervalSince1970
        self.init(shown: now + ahead / .seconds(1), counted: now)
    }

    var clock: StoreClock {
        StoreClock(
            shown: { Date(timeIntervalSince1970: self.seconds.withLock { $0.shown }) },
            counted: { Date(timeIntervalSince1970: self.seconds.withLock { $0.counted }) })
    }

    func pass(_ elapsed: Double, setting step: Double = 0) {
        seconds.withLock { ($0.shown, $0.counted) = ($0.shown + elapsed + step, $0.counted + elapsed) }
    }
}

extension StoreClock {
    static let system = StoreClock(shown: { Date() }, counted: { Date() })
}
