import Logging
import NIOCore
import Runtime
import Synchronization

/// Logs rejected requests: the first at once, then once a minute how many there were.
final class RejectedRequestLog: Sendable {
    private static let interval: TimeAmount = .seconds(60)

    private struct State {
        /// Whether the next line is scheduled already.
        var isWaiting = false
        var untold = 0
        var lastPeer = ""
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(logger: Logger) {
        self.logger = logger
    }

    func record(_ channel: any Channel) {
        let peer = channel.remoteAddress?.ipAddress ?? "not known"
        let isFirst = state.withLock { state in
            state.untold += 1
            state.lastPeer = peer
            defer { state.isWaiting = true }
            return !state.isWaiting
        }
        guard isFirst else { return }
        tell()
        channel.eventLoop.scheduleTask(in: Self.interval) { self.tell(isOver: true) }
    }

    private func tell(isOver: Bool = false) {
        let (count, peer) = state.withLock { state in
            defer { state.untold = 0 }
            if isOver { state.isWaiting = false }
            return (state.untold, state.lastPeer)
        }
        guard count > 0 else { return }
        logger.warning(
            "requests rejected: token missing or wrong",
            metadata: [
                LogKey.peer: "\(peer)", LogKey.count: "\(count)",
            ])
    }
}
