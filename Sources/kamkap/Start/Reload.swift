import Foundation
import Gateway
import Host
import Logging
import Runtime
import ServiceLifecycle
import Settings
import UnixSignals

/// What SIGHUP does, and with it `systemctl reload`: it reads tokens and certificate again. Everything else of the
/// configuration is read at the start. After a terminal was closed it keeps its original meaning, unless the gateway
/// was started so as to outlive it.
struct Reload: Service {
    let hangUps: HangUpSignal
    let listeners: Listeners
    let door: Door?
    let intake: IntakeSettings
    let logger: Logger
    private let hadTerminal = Self.hasTerminal

    init(hangUps: HangUpSignal, listeners: Listeners, door: Door?, intake: IntakeSettings, logger: Logger) {
        self.hangUps = hangUps
        self.listeners = listeners
        self.door = door
        self.intake = intake
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in hangUps.signals {
                if hadTerminal, !hangUps.isToOutliveTerminal, !Self.hasTerminal {
                    logger.notice("SIGHUP: terminal closed, the gateway stops")
                    kill(getpid(), SIGTERM)
                    continue
                }
                let notifier = ServiceNotifier()
                notifier.reloading()
                reread()
                notifier.ready()
            }
        }
    }

    /// Whether the gateway runs from a terminal (tty(4)).
    private static var hasTerminal: Bool {
        let descriptor = open("/dev/tty", O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }

    private func reread() {
        guard listeners.haveKeys || door?.hasCertificate ?? false else {
            logger.notice(
                "SIGHUP: nothing to read again; only a restart reads the configuration")
            return
        }
        do {
            try listeners.renewKeys(intake, logger: logger)
            try door?.renew(logger: logger)
            logger.notice("SIGHUP: tokens and certificate read again; only a restart reads the rest")
        } catch {
            let message = (error as? CommandExit)?.message ?? "\(error)"
            logger.error(
                "SIGHUP: tokens and certificate not read, the old ones stay",
                metadata: [LogKey.error: "\(message)"])
        }
    }
}
