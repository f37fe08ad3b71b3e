import Foundation
import Journey
import Logging
public import Outbox
import Printing
public import Receipts
public import Runtime
import Sales
public import ServiceLifecycle

/// Brings what is owed to paper, for one printer. Each worker reads its own queue, so a dead printer delays no other.
public actor PrintWorker: Service {
    /// By how much a clock may be corrected before a paper counts as having waited since another time.
    private static let clockSlack: Duration = .seconds(5)
    /// How long to wait for a printer that ran out of paper in the middle of one: half an hour, and some.
    static let longestPaper: Duration = .seconds(40 * 60)
    /// How long a paper in hand may hold up a stop.
    private static let stopGrace: Duration = .seconds(5)

    let settings: PrintWorkerSettings
    let outbox: Outbox
    let papers: PaperMaker
    let clock: GatewayClock
    let logger: Logger
    let board: PrinterBoard
    let heartbeat: Heartbeat?
    let requests = PrinterRequests()
    let wakeSignal = WakeSignal()
    var hasMissedDrawer = false
    var hasToldOfNoise = false
    /// Signals when the printer reports something new.
    let news = WakeSignal()
    var readiness: Readiness?
    var encodedParts: [EncodedPart] = []
    /// The sale whose paper was prepared last, and its number in the outbox: of a kept sale nothing but its buyer changes.
    var decoded: (seq: Int64, change: BuyerChange?, sale: Sale)?
    var notReadyBefore = Date.distantPast
    /// Until when no document is tried, and how long that is, after the printer took none.
    var documentsWaitUntil: Date?
    var documentPause: Duration?
    private var isStopping = false
    /// Since when the printer cannot print, as its prints found out. Only a paper that came out ends that, or the
    /// printer's own report while nothing waits: a printer that answers well and then takes nothing stays unable.
    var unableSince: Date?

    public init(
        settings: PrintWorkerSettings, outbox: Outbox, papers: PaperMaker, board: PrinterBoard, context: LoopContext
    ) {
        heartbeat = context.heartbeat
        self.settings = settings
        self.outbox = outbox
        self.papers = papers
        self.board = board
        clock = context.clock
        var logger = context.logger
        logger[metadataKey: LogKey.printer] = "\(settings.printer.name)"
        self.logger = logger
        board.notify(news, atNewsOf: settings.printer.name)
    }

    public func run() async throws {
        await papers.warmUp()
        await withTaskGroup(of: Void.self) { group in
            let ticks = outbox.changes.ticks(of: .prints(on: settings.printer.name))
            group.addTask { [wakeSignal] in await wakeSignal.notify(at: ticks) }
            group.addTask { await self.work() }
            group.addTask { await self.stopWhenAsked() }
            await group.next()
            group.cancelAll()
        }
        await standDown()
        requests.close()
    }

    /// Returns when the paper in hand has had its time to come out.
    private func stopWhenAsked() async {
        guard (try? await gracefulShutdown()) != nil else { return }
        isStopping = true
        wakeSignal.notify()
        try? await Task.sleep(for: Self.stopGrace)
    }

    private func work() async {
        while !isStopping, !Task.isCancelled {
            do {
                heartbeat?.beat(within: Self.longestPaper)
                await performRequests()
                heartbeat?.beat()
                let now = clock.now
                guard let owed = try await nextOwed(at: now) else {
                    if let document = try await nextDocument(at: now) {
                        heartbeat?.beat(within: Self.longestPaper)
                        await bring(document, at: now)
                        continue
                    }
                    if board.entry(settings.printer.name)?.canPrint == true { unableSince = nil }
                    try await getReady(at: now)
                    let due = try await outbox.nextPrintDue(on: settings.printer.name, after: now)
                    let waits = [due, documentsWaitUntil.flatMap { $0 > now ? $0 : nil }].compactMap(\.self)
                    await wakeSignal.wait(until: waits.min(), clock: clock, heartbeat: heartbeat)
                    continue
                }
                heartbeat?.beat(within: Self.longestPaper)
                let outcome = await print(owed, at: now)
                heartbeat?.beat()
                switch outcome {
                case .printed: unableSince = nil
                case .ended: break
                case .notRecorded: await pause(since: now)
                case .cannotPrint, .lostTouch:
                    let since = unableSince ?? now
                    unableSince = since
                    if try await handOver(owed, unableSince: since) { continue }
                    await pause(since: now)
                }
            } catch {
                logger.error("prints cannot be read", metadata: [LogKey.error: "\(error.message)"])
                await wakeSignal.wait(until: clock.now.addingTimeInterval(1), clock: clock, heartbeat: heartbeat)
            }
        }
    }

    /// Not by the wake signal: the last write sends it.
    private func pause(since now: Date) async {
        try? await clock.sleep(until: now.addingTimeInterval(settings.limits.retryInterval.inSeconds))
    }

    private func nextOwed(at now: Date) async throws(OutboxError) -> OwedPrint? {
        try await outbox.nextPrint(
            on: settings.printer.name, at: now, longestWait: settings.limits.qrDeadline + Self.clockSlack)
    }
}
