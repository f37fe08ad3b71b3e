import Foundation
import Journey
import Logging
public import Outbox
public import Runtime
public import ServiceLifecycle
import Synchronization

/// Reports when something needs a person's hand: in the log, once when it begins and once when it ends, and on request.
///
/// It asks none of the loops that it watches; it reads what they owe. Its reading is separate from its judging, so it
/// still reports when the database or the disk hangs.
public final class AlarmMonitor: Service, Sendable {
    /// Well under the shortest threshold.
    private static let interval: TimeInterval = 5

    private struct State {
        var shop = MonitorSnapshot()
        var figuresReadAt: Date?
        var book = AlarmRegistry()
        /// Reads of the database begun so far.
        var reads = 0
    }

    private let outbox: Outbox
    private let sources: MonitorSources
    private let events: EventHub?
    private let rules: AlarmRules
    private let clock: GatewayClock
    private let logger: Logger
    private let heartbeat: Heartbeat?
    private let wakeSignal = WakeSignal()
    /// Tasks that wait for a read that begins after this many.
    private let readers = Waiters<Int, Void>()
    private let state = Mutex(State())

    /// - Parameter events: called for each alarm that is raised or cleared.
    public init(
        outbox: Outbox, sources: MonitorSources, thresholds: AlarmThresholds = AlarmThresholds(),
        events: EventHub? = nil, context: LoopContext
    ) {
        self.outbox = outbox
        self.sources = sources
        self.events = events
        rules = AlarmRules(thresholds: thresholds, services: sources.services)
        clock = context.clock
        logger = context.logger
        heartbeat = context.heartbeat
    }

    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.readRegularly() }
            group.addTask { await self.regularly { await self.lookAtDisk() } }
            group.addTask { await self.regularly { self.judgeSilence() } }
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
    }

    /// What needs a hand, as of the last judgement.
    public var alarms: [Alarm] { latest.alarms }

    /// Somebody has seen the alarms of a code. When this returns, incidents that the outbox counts are on disk as seen.
    /// A passing state is raised again after it has ended once, or by the next start.
    ///
    /// - Parameter printer: nil for every printer, and for alarms that concern none.
    public func acknowledge(_ code: Alarm.Code, of printer: String?) async throws(OutboxError) {
        if code == .clockWrong {
            // Staff who have seen it have looked at the clock: it counts as right if only the newest sale contradicts
            // it. An alarm that says why no sale is taken stays as long as none is.
            let stopsSales = sources.clock?.evidence.fault?.stopsSales ?? false
            sources.clock?.vouch()
            if stopsSales { return wakeSignal.notify() }
        }
        guard code.isCounted else {
            state.withLock { $0.book.acknowledge(code, of: printer) }
            return wakeSignal.notify()
        }
        // What was last read is what was last shown: anything newer is for the next look.
        let figures = state.withLock(\.shop.figures)
        if code == .salesRejected, let rejections = figures?.rejections { try await outbox.acknowledge(rejections) }
        if code == .printsFailed {
            for prints in figures?.failedPrints ?? [] where printer == nil || prints.printer == printer {
                try await outbox.acknowledge(prints)
            }
        }
        try await outbox.acknowledge(figures?.incidents.filter { $0.code == code.rawValue } ?? [])
        wakeSignal.notify()
    }

    /// What is known, without a new read.
    public var latest: MonitorReport {
        let ahead = clock.shownAhead
        return state.withLock {
            MonitorReport(
                figures: $0.shop.figures?.shifted(by: ahead), readAt: $0.figuresReadAt.map { $0 + ahead },
                room: $0.shop.room, alarms: $0.book.standing.map { $0.shifted(by: ahead) })
        }
    }

    /// What is known, read again if the database answers within `limit`.
    public func report(within limit: Duration) async -> MonitorReport {
        _ = await readers.wait(for: state.withLock(\.reads), within: limit) {
            wakeSignal.notify()
            return nil
        }
        judge()
        return latest
    }

    // MARK: Reading

    private func readRegularly() async {
        while !Task.isCancelled {
            await readFigures()
            let reads = state.withLock(\.reads)
            let isAsked = readers.contains { $0 >= reads }
            // Asked for again while it was reading: the previous wait may have taken the signal.
            heartbeat?.beat()
            if !isAsked {
                await wakeSignal.wait(
                    until: clock.now.addingTimeInterval(Self.interval), clock: clock, heartbeat: heartbeat)
            }
        }
    }

    private func readFigures() async {
        let now = clock.now
        state.withLock { state in
            state.reads += 1
            state.shop.askedDatabaseAt = now
            state.shop.databaseSilence = .zero
        }
        let result: Result<OutboxFigures, OutboxError>
        do { result = .success(try await outbox.figures(isArchiving: sources.isArchiving)) } catch {
            result = .failure(error)
        }
        let reads = state.withLock { state in
            // An error is an answer; a loop that cannot go on after it reports that itself.
            state.shop.askedDatabaseAt = nil
            if case .success(let figures) = result {
                state.shop.figures = figures
                state.figuresReadAt = now
            }
            return state.reads
        }
        if case .failure(let error) = result, !Task.isCancelled {
            logger.error("outbox cannot be read", metadata: [LogKey.error: "\(error.message)"])
        }
        judge()
        readers.resume { $0 < reads }
    }

    private func lookAtDisk() async {
        let room = await sources.disk()
        state.withLock { $0.shop.room = room }
    }

    private func regularly(_ look: @Sendable () async -> Void) async {
        while !Task.isCancelled {
            await look()
            try? await clock.sleep(until: clock.now.addingTimeInterval(Self.interval))
        }
    }

    private func judgeSilence() {
        state.withLock { state in
            if state.shop.askedDatabaseAt != nil { state.shop.databaseSilence += .seconds(Self.interval) }
        }
        judge()
    }

    private func judge() {
        let printers = sources.printers()
        let evidence = sources.clock?.evidence
        let reported = sources.reporters.flatMap { $0() }
        let (raised, cleared) = state.withLock { state in
            state.shop.printers = printers
            state.shop.clock = evidence
            state.shop.reported = reported
            return state.book.update(to: rules.alarms(in: state.shop, at: clock.now))
        }
        let ahead = clock.shownAhead
        for alarm in raised {
            alarm.logRaised(to: logger)
            events?.publish(.alarm(alarm.shifted(by: ahead), isStanding: true))
        }
        for alarm in cleared {
            alarm.logCleared(to: logger)
            events?.publish(.alarm(alarm.shifted(by: ahead), isStanding: false))
        }
    }
}
