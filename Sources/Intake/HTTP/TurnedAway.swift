import Gateway
import Logging
import NIOCore
import Synchronization

/// Tells the log of requests that were turned away: the first at once, then what came in each minute in one line.
final class TurnedAway: Sendable {
    private static let interval: Duration = .seconds(60)

    private struct State {
        var quietUntil = ContinuousClock.now
        var untold = 0
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(logger: Logger) {
        self.logger = logger
    }

    func note(_ channel: any Channel) {
        let count: Int? = state.withLock { state in
            state.untold += 1
            let now = ContinuousClock.now
            guard now >= state.quietUntil else { return nil }
            defer { state.untold = 0 }
            state.quietUntil = now + Self.interval
            return state.untold
        }
        guard let count else { return }
        logger.warning(
            "turned away: no token, or a wrong one (intake.token_file)",
            metadata: [
                LogKey.peer: "\(channel.remoteAddress?.ipAddress ?? "not known")", LogKey.count: "\(count)",
            ])
    }
}
