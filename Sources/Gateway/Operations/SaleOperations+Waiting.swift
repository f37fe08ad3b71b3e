import Outbox
public import Sales

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
        try await outbox.changes.wait(for: .sale(id), within: timeout, by: clock, read, until: isEnough)
    }
}
