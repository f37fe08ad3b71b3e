import Foundation
import Runtime
import Testing

@Suite(.timeLimit(.minutes(1))) struct WakeSignalTests {
    /// Time stands still, and a sleep lasts until it is cancelled.
    private let standing = GatewayClock(
        now: { Date(timeIntervalSince1970: 0) }, sleepUntil: { _ in try await Task.sleep(for: .seconds(3_600)) })

    /// A sleep is over as soon as it begins.
    private let passing = GatewayClock(now: { Date(timeIntervalSince1970: 0) }, sleepUntil: { _ in })
    private static let deadline = Date(timeIntervalSince1970: 60)

    @Test("rings that nobody waited for fall together into one") func together() async {
        let signal = WakeSignal()
        for _ in 0..<3 { signal.notify() }
        #expect(await signal.wait(until: nil, clock: standing))
        #expect(await !signal.wait(until: Self.deadline, clock: passing), "no ring is left")
    }

    @Test("a wait with a deadline ends at a ring") func rung() async {
        let signal = WakeSignal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { #expect(await signal.wait(until: Self.deadline, clock: standing)) }
            group.addTask { signal.notify() }
            await group.waitForAll()
        }
    }

    @Test("a ring after a wait that ended at its deadline is for the next wait") func afterTheDeadline() async {
        let signal = WakeSignal()
        #expect(await !signal.wait(until: Self.deadline, clock: passing))
        signal.notify()
        #expect(await signal.wait(until: nil, clock: standing))
    }
}
