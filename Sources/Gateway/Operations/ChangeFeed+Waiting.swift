import Foundation
import Journey
import Outbox
import Runtime
import ServiceLifecycle

extension ChangeFeed {
    /// What `read` returns once that is enough, or after `limit`.
    ///
    /// - Parameter topic: what has to change for that.
    func wait<View: Sendable>(
        for topic: Topic, within limit: Duration, by clock: GatewayClock,
        _ read: @escaping @Sendable () async throws(OperationError) -> View,
        until isEnough: @escaping @Sendable (View) -> Bool
    ) async throws(OperationError) -> View {
        // Subscribed before the first look: no change can fall between the two.
        let ticks = ticks(of: topic)
        let deadline = clock.now.addingTimeInterval(limit.inSeconds)
        let first = try await read()
        if isEnough(first) { return first }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in ticks {
                    guard let view = try? await read(), !isEnough(view) else { return }
                }
            }
            group.addTask { try? await clock.sleep(until: deadline) }
            // A stop does not wait for waiting callers.
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
        return try await read()
    }
}
