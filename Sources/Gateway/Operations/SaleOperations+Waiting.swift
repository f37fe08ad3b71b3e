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
        // Subscribed before the first look: no change can fall between the two.
        let ticks = outbox.changes.ticks(of: .sale(id))
        let deadline = clock.now.addingTimeInterval(timeout.inSeconds)
        let first = try await sale(id)
        if goal.isReached(by: first) { return first }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in ticks {
                    guard let view = try? await sale(id), !goal.isReached(by: view) else { return }
                }
            }
            group.addTask { try? await clock.sleep(until: deadline) }
            // A stop does not wait for waiting callers.
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
        return try await sale(id)
    }
}
