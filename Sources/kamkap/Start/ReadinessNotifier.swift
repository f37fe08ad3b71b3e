import Gateway
import Host
import Logging
import Monitoring
import Runtime
import ServiceLifecycle

/// Tells systemd and the log that the gateway is ready once all its listeners are, and that it stops. Last in the
/// group: first to be stopped.
struct ReadinessNotifier: Service {
    let listeners: Listeners
    /// A tick for each listener that serves tills.
    let opened: AsyncStream<Void>
    let publisher: EventPublisher
    let logger: Logger

    func run() async throws {
        guard await allOpen() else { return }
        let notifier = ServiceNotifier()
        logger.notice("ready", metadata: [LogKey.path: "\(listeners.socketPath)"])
        notifier.ready()
        try? await gracefulShutdown()
        logger.notice("stopping")
        notifier.stopping()
        notifier.status("Stopping: finishing what is under way.")
        publisher.stopping()
    }

    /// False if the gateway stops first.
    private func allOpen() async -> Bool {
        await cancelWhenGracefulShutdown {
            var open = 0
            for await _ in opened {
                open += 1
                if open == listeners.all.count { return true }
            }
            return false
        }
    }
}
