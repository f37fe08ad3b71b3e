/// Waits for what nobody tells, such as a line in another process's log: it asks again and again, and leaves the core to that
/// process meanwhile.
///
/// - Parameters:
///   - found: what to return; nil for not yet.
///   - fault: the words of the error once the limit is over.
func until<Value>(
    within limit: Duration = .seconds(30), _ found: () async throws -> Value?, orElse fault: () throws -> String
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if let value = try await found() { return value }
        try await Task.sleep(for: .milliseconds(2))
    }
    throw FixtureError(try fault())
}
