import Foundation
import Logging
public import Runtime
public import ServiceLifecycle

/// Checks every second how much room the disk has, and at once when a write found none.
public struct DiskSpaceMonitor: Service {
    private static let interval: TimeInterval = 1

    public let room: DiskSpace
    private let look: @Sendable () async throws -> Int
    private let clock: GatewayClock
    private let heartbeat: Heartbeat?
    private let logger: Logger

    /// - Parameter look: finds the bytes that may still be written; it may take its time, but must not block one of
    ///   Swift's threads.
    public init(
        room: DiskSpace, context: LoopContext, look: @escaping @Sendable () async throws -> Int
    ) {
        self.room = room
        clock = context.clock
        heartbeat = context.heartbeat
        logger = context.logger
        self.look = look
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var isBlind = false
            while !Task.isCancelled {
                isBlind = await lookOnce(wasBlind: isBlind)
                await room.lookSoon.wait(
                    until: clock.now.addingTimeInterval(Self.interval), clock: clock, heartbeat: heartbeat)
            }
        }
    }

    /// Checks now, and reports changes. True if nothing could be seen.
    @discardableResult
    public func lookOnce(wasBlind: Bool = false) async -> Bool {
        do {
            switch room.update(free: try await look()) {
            case .short(let reason)?:
                logger.error("disk space short, new sales refused", metadata: [LogKey.error: "\(reason)"])
            case .enough?: logger.notice("disk space back, new sales accepted")
            case nil: break
            }
            return false
        } catch {
            if !wasBlind { logger.error("free disk space unknown", metadata: [LogKey.error: "\(error)"]) }
            return true
        }
    }
}
