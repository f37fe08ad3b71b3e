import RemoteServices

extension ServiceObserver {
    func counted<Value: Sendable>(
        _ call: BillgateCall, _ send: @Sendable () async throws(BillgateError) -> Value
    ) async throws(BillgateError) -> Value {
        do {
            let value = try await send()
            called(call.metric, nil)
            return value
        } catch {
            called(call.metric, error.outcome)
            throw error
        }
    }
}
