import Foundation
import Journey
import Outbox
import Runtime
public import Sales
import ServiceLifecycle

extension SaleOperations {
    /// A sale once it has reached `goal`, or its state after `timeout`.
    public func sale(_ id: TransactionID, reaching goal: WaitGoal, within timeout: Duration)
        async throws(OperationError)
        -> SaleView
    {
        try await waiting(for: id, within: timeout) { () throws(OperationError) in
            try await sale(id)
        } until: {
            goal.isReached(by: $0)
        }
    }

    /// What `read` returns of a sale once that is enough, or after `timeout`.
    func waiting<View: Sendable>(
        for id: TransactionID, within timeout: Duration,
        _ read: @escaping @Sendable () async throws(OperationError) -> View,
        until isEnough: @escaping @Sendable (View) -> Bool
    ) async throws(OperationError) -> View {
        // Subscribed before the first look: no change can fall between the two.
        let ticks = outbox.changes.ticks(of: .sale(id))
        let deadline = clock.now.addingTimeInterval(timeout.inSeconds)
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
