public import Gateway
import Host
public import Logging
public import Monitoring
public import Runtime
public import ServiceLifecycle

/// Takes sales, slips or suppliers' invoices from files, through the same operations as HTTP.
///
/// A file is moved after its content is on disk: killed in between, the gateway meets the same content again and moves the
/// file then.
public actor SpoolIntake: Service {
    /// Between two scans if the kernel reports nothing.
    private static let polling: Duration = .seconds(2)
    /// The longest that an unreported file stays unseen.
    private static let rescanInterval: Duration = .seconds(30)

    /// Receives the reason for refusing a file, before the file is moved.
    public typealias RejectionReport = @Sendable (_ reason: String) async -> Void

    private let directory: SpoolDirectory
    private let taker: SpoolFileProcessor
    /// Nil if settled files stay.
    private let pruning: SpoolPruning?
    private let heartbeat: Heartbeat?
    private let log: SpoolLog
    nonisolated let state: SpoolState

    private var watchlist = SpoolFileTracker()
    private var watch: DirectoryWatch?
    /// Since when the folders cannot be used, and why.
    private var folderFault: (reason: String, since: SuspendingClock.Instant)?
    private var ignored = 0
    private var lookAt = SuspendingClock.now

    /// For sales.
    public init(
        _ settings: SpoolSettings, sales: SaleOperations, heartbeat: Heartbeat? = nil, logger: Logger,
        reportRejection: @escaping RejectionReport = { _ in }
    ) throws {
        try self.init(
            settings, SpooledSales(maximum: settings.maximumBody, sales: sales), of: sales,
            LoopContext(heartbeat: heartbeat, logger: logger), reportRejection)
    }

    /// For slips.
    ///
    /// - Parameter sales: those that they belong to.
    public init(
        _ settings: SpoolSettings, slips: SlipOperations, of sales: SaleOperations, heartbeat: Heartbeat? = nil,
        logger: Logger, reportRejection: @escaping RejectionReport = { _ in }
    ) throws {
        try self.init(
            settings, SpooledSlips(maximum: settings.maximumBody, slips: slips, sales: sales), of: sales,
            LoopContext(heartbeat: heartbeat, logger: logger), reportRejection)
    }

    /// For suppliers' invoices, which stay where they are put.
    public init(
        _ settings: SpoolSettings, invoices: SupplierInvoiceOperations, heartbeat: Heartbeat? = nil, logger: Logger,
        reportRejection: @escaping RejectionReport = { _ in }
    ) throws {
        try self.init(
            settings, SpooledSupplierInvoices(maximum: settings.maximumBody, invoices: invoices), of: nil,
            LoopContext(heartbeat: heartbeat, logger: logger), reportRejection)
    }

    private init(
        _ settings: SpoolSettings, _ content: any SpoolContent, of sales: SaleOperations?, _ context: LoopContext,
        _ reportRejection: @escaping RejectionReport
    ) throws {
        let logger = context.logger
        directory = try SpoolDirectory(
            root: settings.root, endings: content.endings, folders: content.folders, mode: settings.mode,
            group: settings.group)
        log = SpoolLog(folder: directory.incoming, logger: logger)
        state = SpoolState(folder: directory.incoming)
        taker = SpoolFileProcessor(
            directory: directory, content: content, log: log, reportRejection: reportRejection)
        let (accepted, rejected) = (directory.accepted, directory.rejected)
        pruning = sales.flatMap { sales in
            settings.keep.map {
                SpoolPruning(accepted: accepted, rejected: rejected, keep: $0, sales: sales, logger: logger)
            }
        }
        heartbeat = context.heartbeat
    }

    /// The folder's content, as last seen.
    public nonisolated var figures: SpoolFigures { state.figures }

    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.takeRegularly() }
            if let pruning { group.addTask { await pruning.run() } }
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
    }

    private func takeRegularly() async {
        // If that fails, the next scan fails as well, and reports it.
        try? await directory.removeLeftovers()
        while !Task.isCancelled {
            if watch == nil { await open() }
            let changes = await news()
            heartbeat?.beat(within: Self.rescanInterval * 3)
            if changes.isOver { watch = nil }
            await see(changes)
            await takeTurns()
            tell()
        }
    }

    // MARK: Scanning

    /// Makes the folders, if somebody has removed them, and watches. A scan follows at once for what came before.
    private func open() async {
        // The scan reports why it could not be made.
        try? directory.makeMissing()
        do {
            watch = try await DirectoryWatch(directory.incoming)
            lookAt = .now
            log.watching(nil)
        } catch {
            log.watching(error.message)
        }
    }

    private func news() async -> DirectoryChanges {
        let rest = SuspendingClock.now.duration(to: lookAt)
        guard rest > .zero else { return await watch?.changes(within: .zero) ?? DirectoryChanges() }
        if let watch { return await watch.changes(within: rest) }
        try? await Task.sleep(for: min(rest, Self.polling))
        return DirectoryChanges()
    }

    private func see(_ changes: DirectoryChanges) async {
        for (name, ending) in changes.finished {
            guard let entry = try? await directory.entry(name), entry.isLeftBecause == nil else { continue }
            watchlist.finished(name, entry.state, ending, at: .now)
        }
        // A scan finds links, and files that are still open.
        if changes.hasUnfinished { lookAt = min(lookAt, .now + .seconds(1)) }
        if changes.isIncomplete { lookAt = .now }
        if lookAt <= .now { await lookAround() }
    }

    private func lookAround() async {
        var fault: HostError?
        do { try directory.makeMissing() } catch { fault = error }
        do {
            let entries = try await directory.entries()
            let left = entries.filter { $0.isLeftBecause != nil }
            ignored = left.count
            log.left(left)
            let files = entries.lazy.filter { $0.isLeftBecause == nil }.map { ($0.name, $0.state) }
            watchlist.see(Dictionary(files) { $1 }, at: .now)
        } catch {
            fault = error
            // The watched folder was moved away.
            if error.code == .notFound { watch = nil }
        }
        folderFault = fault.map { ($0.message, folderFault?.since ?? .now) }
    }

    // MARK: Taking

    /// Takes every due file. A disk that is short, or a busy database, makes all of them wait.
    private func takeTurns() async {
        var rest = watchlist.turns(at: .now)[...]
        while !rest.isEmpty, !Task.isCancelled {
            heartbeat?.beat(within: Self.rescanInterval * 3)
            let batch = rest.prefix(taker.content.atOnce)
            rest = rest.dropFirst(batch.count)
            let outcomes = await withTaskGroup(of: (FileName, SpoolFileTracker.Outcome).self) { group in
                for turn in batch { group.addTask { (turn.name, await self.taker.take(turn)) } }
                var outcomes: [(FileName, SpoolFileTracker.Outcome)] = []
                for await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
            var mustWait: String?
            for (name, outcome) in outcomes {
                watchlist.settle(name, outcome, at: .now)
                if case .mustWait(let reason) = outcome { mustWait = reason }
            }
            watchlist.hold(mustWait, at: .now)
            if mustWait != nil { break }
        }
        let next = watch == nil ? Self.polling : min(watchlist.lookAgain, Self.rescanInterval)
        lookAt = lookAt <= .now ? .now + next : min(lookAt, .now + next)
    }

    // MARK: Reporting

    private func tell() {
        let now = SuspendingClock.now
        let summary = watchlist.summary(at: now)
        log.hindered(summary.hindrances, folder: folderFault?.reason)
        state.show(summary, folder: folderFault, ignored: ignored)
    }
}
