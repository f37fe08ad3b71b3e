import Foundation
import Journey
public import Logging
public import Outbox
public import ServiceLifecycle

/// Clears away settled sales that are older than the store has to keep them, a few at a time.
///
/// The file does not shrink: SQLite uses the pages again.
public struct Retention: Service {
    /// Receipts and what they were made from are kept for five years (Revenue Code s. 87/3). Five calendar years have at
    /// least this many days.
    public static let lawfulMinimum: Duration = .seconds(1_826 * 86_400)

    /// A start is busy enough without it.
    private static let firstRunAfter: TimeInterval = 5 * 60
    private static let runsEvery: TimeInterval = 86_400
    /// Sales that one commit looks at: a till's sale waits behind no more than that.
    private static let step = 200
    private static let pause: TimeInterval = 0.1

    private let outbox: Outbox
    private let keep: Duration
    private let clock: GatewayClock
    private let logger: Logger

    /// - Parameter keep: how long a settled sale stays, counted from when it was received.
    public init(outbox: Outbox, keep: Duration, clock: GatewayClock = .system, logger: Logger) {
        self.outbox = outbox
        self.keep = keep
        self.clock = clock
        self.logger = logger
    }

    public func run() async throws {
        if keep < Self.lawfulMinimum {
            logger.warning(
                "outbox.retention is short: the law's minimum is five years",
                metadata: [LogKey.days: "\(keep.components.seconds / 86_400)"])
        }
        await cancelWhenGracefulShutdown {
            var next = clock.now.addingTimeInterval(Self.firstRunAfter)
            while true {
                try? await clock.sleep(until: next)
                if Task.isCancelled { return }
                next = clock.now.addingTimeInterval(Self.runsEvery)
                await purge()
            }
        }
    }

    private func purge() async {
        let limit = clock.now.addingTimeInterval(-keep.inSeconds)
        var (purged, cursor): (Int, Int64?) = (0, 0)
        do {
            while let after = cursor, !Task.isCancelled {
                let step = try await outbox.purgeSettled(receivedBefore: limit, after: after, limit: Self.step)
                purged += step.purged
                cursor = step.next
                if cursor != nil { try? await clock.sleep(until: clock.now.addingTimeInterval(Self.pause)) }
            }
        } catch {
            logger.error("old sales cannot be purged; it is tried again tomorrow", metadata: [LogKey.error: "\(error)"])
        }
        if purged > 0 { logger.notice("settled sales purged", metadata: [LogKey.count: "\(purged)"]) }
    }
}
