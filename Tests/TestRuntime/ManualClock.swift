public import Foundation
public import Runtime
import Synchronization

/// A clock that stands until it is advanced: waits of minutes are over at once, and none is over by chance. What the
/// machine's clock shows is the same, until somebody sets it.
public final class ManualClock: Sendable {
    private struct Sleeper {
        let deadline: Date
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Date
        /// By how much the machine's clock was set.
        var ahead: TimeInterval = 0
        var isSynchronised = false
        var sleepers: [Int: Sleeper] = [:]
        var nextKey = 0
        /// Those who turn the clock and wait for somebody to sleep.
        var turners: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    /// - Parameter now: the real time, so that signed requests are in date.
    public init(now: Date = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())) {
        state = Mutex(State(now: now))
    }

    public var now: Date { state.withLock(\.now) }

    public var shown: Date { state.withLock { $0.now + $0.ahead } }

    public var clock: GatewayClock {
        GatewayClock(now: { self.now }, shown: { self.shown }, sleepUntil: { try await self.sleep(until: $0) })
    }

    /// Sets the machine's clock forward or back, as NTP or a person does: no time passes.
    public func set(by seconds: TimeInterval) {
        state.withLock { $0.ahead += seconds }
    }

    /// Whether NTP keeps the machine's clock.
    public var isSynchronised: Bool {
        get { state.withLock(\.isSynchronised) }
        set { state.withLock { $0.isSynchronised = newValue } }
    }

    public func advance(by seconds: TimeInterval) {
        let due = state.withLock { state -> [Sleeper] in
            state.now += seconds
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for key in due.keys { state.sleepers[key] = nil }
            return Array(due.values)
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Waits until somebody sleeps, and advances to the earliest moment that anybody sleeps for: however fast or slow the
    /// machine is, time passes only as far as it is waited for.
    public func advanceToNextWaking() async throws {
        try Task.checkCancellation()
        var earliest = state.withLock { $0.sleepers.values.map(\.deadline).min() }
        while earliest == nil {
            try Task.checkCancellation()
            await untilSomebodySleeps()
            earliest = state.withLock { $0.sleepers.values.map(\.deadline).min() }
        }
        if let earliest { advance(by: max(0, earliest.timeIntervalSince(now))) }
    }

    /// Lets time pass from one waking to the next until `body` is done.
    public func turning<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { while true { try await self.advanceToNextWaking() } }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    private func untilSomebodySleeps() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if !state.sleepers.isEmpty || Task.isCancelled { return true }
                    state.turners.append(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wakeTurners()
        }
    }

    private func wakeTurners() {
        let turners = state.withLock { state in
            defer { state.turners = [] }
            return state.turners
        }
        for turner in turners { turner.resume() }
    }

    private func sleep(until deadline: Date) async throws {
        let key = state.withLock { state in
            state.nextKey += 1
            return state.nextKey
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.now >= deadline || Task.isCancelled { return true }
                    state.sleepers[key] = Sleeper(deadline: deadline, continuation: continuation)
                    return false
                }
                if isOver { continuation.resume() } else { wakeTurners() }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: key) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
