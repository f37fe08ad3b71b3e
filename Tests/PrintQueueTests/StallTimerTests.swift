import Foundation
import Testing

@testable import PrintQueue

@Suite struct StallTimerTests {
    private let begin = Date(timeIntervalSince1970: 1_795_144_500)

    private func at(_ seconds: TimeInterval) -> Date { begin.addingTimeInterval(seconds) }

    @Test("a printer that can print is waited for without a count")
    func able() {
        var timer = StallTimer(from: begin)
        #expect(timer.update(isUnable: false, since: at(-900), now: at(60)) == 0)
    }

    @Test("the count runs from when the printer said so, and not from before it had the paper")
    func since() {
        var timer = StallTimer(from: begin)
        #expect(timer.update(isUnable: true, since: at(4), now: at(9)) == 5)
        var late = StallTimer(from: begin)
        #expect(late.update(isUnable: true, since: at(-900), now: at(3)) == 3)
    }

    @Test("a moment in which it could print stops the count and does not begin it anew")
    func flickers() {
        var timer = StallTimer(from: begin)
        #expect(timer.update(isUnable: true, since: at(0), now: at(10)) == 10)
        #expect(timer.update(isUnable: false, since: at(12), now: at(13)) == 12)
        #expect(timer.update(isUnable: false, since: at(12), now: at(20)) == 12)
        #expect(timer.update(isUnable: true, since: at(30), now: at(33)) == 15)
    }

    @Test("a moment that nobody looked at counts as unable")
    func missed() {
        var timer = StallTimer(from: begin)
        #expect(timer.update(isUnable: true, since: at(0), now: at(10)) == 10)
        #expect(timer.update(isUnable: true, since: at(14), now: at(15)) == 15)
    }
}
