import RemoteServices

extension ServiceObserver {
    func counted<Value: Sendable>(
        _ call: ScanlyIQCall, _ send: @Sendable () async throws(ScanlyIQError) -> Value
    ) async throws(ScanlyIQError) -> Value {
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
