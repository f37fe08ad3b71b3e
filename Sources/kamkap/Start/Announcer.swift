import Gateway
import Host
import Logging
import ServiceLifecycle

/// Tells systemd and the log that the gateway is there, and that it goes. Last in the group: first to be stopped.
struct Announcer: Service {
    let socket: String
    let watch: GatewayWatch
    let logger: Logger

    func run() async throws {
        let notifier = ServiceNotifier()
        logger.notice("ready", metadata: ["path": "\(socket)"])
        notifier.ready()
        try? await gracefulShutdown()
        logger.notice("stopping")
        notifier.stopping()
        watch.stopping()
    }
}
