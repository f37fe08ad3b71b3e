import Foundation

/// Reports every few seconds, on standard error, how far a long task is.
struct Progress {
    private static let interval: Duration = .seconds(3)
    private var last = ContinuousClock.now

    /// - Parameter text: called when it is time to report.
    mutating func update(_ text: @autoclosure () -> String) {
        let now = ContinuousClock.now
        guard now - last >= Self.interval else { return }
        last = now
        Terminal.aside(text() + "\n")
    }

    /// Does `work`, and reports meanwhile what `say` returns.
    static func during<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value, say: @escaping @Sendable () -> String?
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while (try? await Task.sleep(for: interval)) != nil {
                    if let text = say() { Terminal.aside(text + "\n") }
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }
}
