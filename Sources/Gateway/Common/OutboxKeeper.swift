public import Outbox
public import ServiceLifecycle

/// Stops the gateway when the disk has failed: what the page cache still holds may be lost, and only a new start, which
/// reads the file, knows what is there.
public struct OutboxKeeper: Service {
    private let outbox: Outbox

    public init(outbox: Outbox) {
        self.outbox = outbox
    }

    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            if let failure = await outbox.failure() { throw failure }
        }
        // The task was cancelled or is to stop: nothing has failed.
    }
}
