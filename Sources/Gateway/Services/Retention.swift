import Foundation
import Journey
public import Logging
public import Monitoring
public import Outbox
public import Runtime
public import ServiceLifecycle

/// Purges settled sales that are older than the store has to keep them, a few at a time, and only if more than one
/// clock agrees.
///
/// A sale goes when it is old by the machine's clock, which a witness has to confirm (``ClockEvidence/deletion``), and
/// by counted time, which counts only proved time. The file does not shrink: SQLite uses the pages again.
public struct Retention: Service {
    /// Receipts and their source data are kept for five years (Revenue Code s. 87/3). Five calendar years have at least
    /// this many days.
    public static let lawfulMinimum: Duration = .seconds(1_826 * 86_400)

    private static let runsEvery: TimeInterval = 86_400
    /// After a run in which the clock could not be trusted, and from the start on: it cannot be trusted sooner.
    private static let looksEvery = ClockEvidence.steadiness.inSeconds
    /// Sales that one commit looks at: a till's sale waits behind no more than that.
    private static let step = 200
    private static let pause: TimeInterval = 0.1
    /// Most days' worth of sales that one run purges. A daily run purges a day's sales. Even if all clocks were wrong
    /// at once, five years would take months, and staff would see it.
    private static let span: TimeInterval = 31 * 86_400

    private let outbox: Outbox
    private let keep: Duration
    private let watch: ClockMonitor
    private let clock: GatewayClock
    private let logger: Logger

    /// - Parameters:
    ///   - keep: how long a settled sale stays, counted from when it was received.
    ///   - watch: judges the clock before each step.
    public init(
        outbox: Outbox, keep: Duration, watch: ClockMonitor, clock: GatewayClock = .system, logger: Logger
    ) {
        self.outbox = outbox
        self.keep = keep
        self.watch = watch
        self.clock = clock
        self.logger = logger
    }

    public func run() async throws {
        if keep < Self.lawfulMinimum {
            logger.warning(
                "outbox.retention is below the legal minimum of five years",
                metadata: [LogKey.days: "\(keep.components.seconds / 86_400)"])
        }
        await cancelWhenGracefulShutdown {
            var next = clock.now.addingTimeInterval(Self.looksEvery)
            var told: DeletionTrust.Reason?
            while true {
                try? await clock.sleep(until: next)
                if Task.isCancelled { return }
                let reason = await purge()
                next = clock.now.addingTimeInterval(reason == nil ? Self.runsEvery : Self.looksEvery)
                if let reason, reason != told {
                    logger.notice(
                        "purge waits for a trusted clock",
                        metadata: [LogKey.reason: "\(reason.rawValue)"])
                }
                told = reason
            }
        }
    }

    /// Why the clock could not be trusted; nil if everything due was done.
    private func purge() async -> DeletionTrust.Reason? {
        let sales = await purge("settled sales purged") { [outbox] limits, after throws(OutboxError) in
            try await outbox.purgeSettled(limits, within: Self.span, after: after, limit: Self.step)
        }
        if let sales { return sales }
        return await purge("settled slips purged") { [outbox] limits, after throws(OutboxError) in
            try await outbox.purgeSlips(limits, within: Self.span, after: after, limit: Self.step)
        }
    }

    /// - Parameter done: the log's message.
    private func purge(
        _ done: Logger.Message, by step: (PurgeLimits, Int64) async throws(OutboxError) -> PurgeStep
    ) async -> DeletionTrust.Reason? {
        var (purged, cursor, end): (Int, Int64?, Date) = (0, 0, .distantFuture)
        defer { if purged > 0 { logger.notice(done, metadata: [LogKey.count: "\(purged)"]) } }
        do {
            while let after = cursor, !Task.isCancelled {
                let shown: Date
                switch watch.deletion {
                case .trusted(let time): shown = time
                case .untrusted(let reason): return reason
                }
                let limits = PurgeLimits(
                    receivedBefore: min(shown - keep.inSeconds, end), agedBefore: clock.now - keep.inSeconds)
                let step = try await step(limits, after)
                purged += step.purged
                cursor = step.next
                if let first = step.first { end = min(end, first + Self.span) }
                if cursor != nil { try? await clock.sleep(until: clock.now.addingTimeInterval(Self.pause)) }
            }
        } catch {
            logger.error("purge failed, next try tomorrow", metadata: [LogKey.error: "\(error)"])
        }
        return nil
    }
}
