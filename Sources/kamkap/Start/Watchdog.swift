import Gateway
import Host
import Logging
import Monitoring
import NIOCore
import NIOPosix
import Outbox
import Runtime
import Sales
import ServiceLifecycle

/// Tells systemd that the gateway lives, as long as every one of its loops is alive, and how much it has to do.
struct Watchdog: Service {
    private static let usualInterval: Duration = .seconds(5)

    private let liveness: LivenessMonitor
    private let alarmMonitor: AlarmMonitor
    private let services: [MonitoredService]
    private let logger: Logger
    /// Those that serve tills and printers and call Slime.
    private let eventLoops: [(loop: any EventLoop, heartbeat: Heartbeat)]

    init(liveness: LivenessMonitor, alarmMonitor: AlarmMonitor, services: [MonitoredService], logger: Logger) {
        self.liveness = liveness
        self.alarmMonitor = alarmMonitor
        self.services = services
        self.logger = logger
        eventLoops = MultiThreadedEventLoopGroup.singleton.makeIterator().enumerated().map { number, loop in
            (loop, liveness.heartbeat("event loop \(number)"))
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await watch() }
    }

    private func watch() async {
        let notifier = ServiceNotifier()
        // systemd recommends half of its limit; a third leaves room for a busy machine.
        let interval = min(notifier.watchdogInterval.map { $0 / 3 } ?? Self.usualInterval, Self.usualInterval)
        var (told, shownLine): ([String], String) = ([], "")
        while !Task.isCancelled {
            for (loop, heartbeat) in eventLoops { loop.execute { heartbeat.beat() } }
            let overdue = liveness.overdue
            if overdue.isEmpty {
                notifier.watchdog()
            } else if overdue != told {
                logger.critical(
                    "loop hangs, systemd will restart the gateway",
                    metadata: [LogKey.loop: "\(overdue.joined(separator: ", "))"])
            }
            let line = statusLine
            if line != shownLine { notifier.status(line) }
            (told, shownLine) = (overdue, line)
            try? await Task.sleep(for: interval)
        }
    }

    /// `systemctl status` shows it.
    private var statusLine: String {
        let report = alarmMonitor.latest
        guard let figures = report.figures else { return "Taking sales." }
        let queued = figures.prints.reduce(0) { $0 + $1.queued }
        let held = figures.held == 0 ? "" : ", \(figures.held) held"
        let states = services.map { "; \($0.title): \(figures.account(of: $0.name).condition.rawValue)" }.joined()
        let alarms = report.alarms.isEmpty ? "all is well" : "\(report.alarms.count) alarms (kamkap status)"
        return
            "Taking sales. Registrations: \(figures.pending - figures.held) pending\(held); prints: \(queued) queued\(states); \(alarms)."
    }
}
