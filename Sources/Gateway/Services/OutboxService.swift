public import Logging
public import Outbox
import Runtime
public import ServiceLifecycle

/// Stops the gateway when the disk has failed, or the database's files are gone: what the page cache still holds may be
/// lost, and only a new start, which reads the file, knows what is there.
public struct OutboxService: Service {
    /// A missing file is reported within a second, even if nothing is sold.
    private static let interval: Duration = .milliseconds(400)

    private let outbox: Outbox
    private let logger: Logger

    public init(outbox: Outbox, logger: Logger) {
        self.outbox = outbox
        self.logger = logger
    }

    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    guard let failure = await outbox.failure() else { return }
                    logger.critical(
                        "database failed, the gateway stops", metadata: [LogKey.error: "\(failure.message)"])
                    throw failure
                }
                group.addTask {
                    while (try? await Task.sleep(for: Self.interval)) != nil { await outbox.lookAtFiles() }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        // The task was cancelled or has to stop: nothing has failed.
    }
}
