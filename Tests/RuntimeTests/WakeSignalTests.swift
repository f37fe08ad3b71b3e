import Foundation
import Runtime
import Testing

@Suite(.timeLimit(.minutes(1))) struct WakeSignalTests {
    /// Time stands still, and a sleep lasts until it is cancelled.
    private let standing = GatewayClock(
        now: { Date(timeIntervalSince1970: 0) }, sleepUntil: { _ in try await Task.sleep(for: .seconds(3_600)) })

    @Test("rings that nobody waited for fall together into one") func together() async {
        let signal = WakeSignal()
        for _ in 0..<3 { signal.notify() }
        await signal.wait(until: nil, clock: standing)
        let short = GatewayClock(
            now: { Date(timeIntervalSince1970: 0) }, sleepUntil: { _ in try await Task.sleep(for: .milliseconds(20)) })
        let begun = ContinuousClock.now
        await signal.wait(until: Date(timeIntervalSince1970: 60), clock: short)
        #expect(ContinuousClock.now - begun >= .milliseconds(20), "no ring is left")
    }

    @Test("a wait with a deadline ends at a ring") func rung() async {
        let signal = WakeSignal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait(until: Date(timeIntervalSince1970: 60), clock: standing) }
            group.addTask { signal.notify() }
            await group.waitForAll()
        }
    }

    @Test("a ring after a wait that ended at its deadline is for the next wait") func afterTheDeadline() async {
        let signal = WakeSignal()
        let passing = GatewayClock(now: { Date(timeIntervalSince1970: 0) }, sleepUntil: { _ in })
        await signal.wait(until: Date(timeIntervalSince1970: 60), clock: passing)
        signal.notify()
        await signal.wait(until: nil, clock: standing)
    }
}
