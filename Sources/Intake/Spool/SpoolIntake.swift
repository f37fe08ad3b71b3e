import FaultPoints
public import Gateway
import Host
public import Logging
import Sales
public import ServiceLifecycle
import TillAPI

/// Takes sales from files, through the same door as HTTP.
///
/// A file is moved after its sale is on disk: killed in between, the gateway meets the same sale again and moves it then.
public actor SpoolIntake: Service {
    /// Files read at once: they share commits, and live tills are not kept waiting behind them.
    private static let batch = 16
    private static let retryInterval: Duration = .seconds(2)
    private static let rescanInterval: Duration = .seconds(30)
    private static let rememberedNames = 1_000

    private let directory: SpoolDirectory
    private let desk: SaleDesk
    private let maximumBody: Int
    private let pruning: SpoolPruning
    private let pulse: Pulse?
    private let logger: Logger
    /// Names that were warned of: once each.
    private var warned: Set<String> = []
    private var isTaking = false
    /// Whether to look again once what is being taken is done.
    private var hasNews = false

    /// - Parameters:
    ///   - root: the folder that holds `incoming`, `accepted` and `rejected`.
    ///   - mode: of `incoming`, with `group`.
    ///   - keep: how long settled files stay.
    public init(
        root: String, mode: UInt32, group: String?, maximumBody: Int, keep: Duration, desk: SaleDesk,
        pulse: Pulse? = nil, logger: Logger
    ) throws {
        directory = try SpoolDirectory(root: root, mode: mode, group: group)
        self.desk = desk
        self.maximumBody = maximumBody
        pruning = SpoolPruning(folders: [directory.accepted, directory.rejected], keep: keep, logger: logger)
        self.pulse = pulse
        self.logger = logger
    }

    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.follow() }
            group.addTask { await self.lookRegularly() }
            group.addTask { await self.pruning.run() }
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Watches `incoming`, and watches again where somebody has moved or removed it.
    private func follow() async {
        while !Task.isCancelled {
            do {
                // The first tick comes at once, for what was put there before anybody watched.
                for await _ in try await DirectoryWatch.ticks(of: directory.incoming) { await takeAll() }
            } catch {
                report(error)
            }
            try? await Task.sleep(for: Self.retryInterval)
            do { try directory.make() } catch { report(error) }
        }
    }

    /// What could not be read or moved is tried again without anybody putting a file in.
    private func lookRegularly() async {
        while !Task.isCancelled {
            // While files are taken, each batch is a sign of life.
            if !isTaking { pulse?.beat(within: Self.rescanInterval * 3) }
            try? await Task.sleep(for: Self.rescanInterval)
            await takeAll()
        }
    }

    private func report(_ error: HostError) {
        logger.error(
            "the spool cannot be read",
            metadata: [LogKey.path: "\(directory.incoming)", LogKey.error: "\(error.message)"])
    }

    /// Takes what there is until nothing is left that can be taken now.
    private func takeAll() async {
        hasNews = true
        if isTaking { return }
        isTaking = true
        defer { isTaking = false }
        while hasNews, !Task.isCancelled {
            hasNews = false
            do {
                let names = note(try await directory.entries())
                guard await !take(names) else { continue }
                // The disk is short, or too much is waiting: files wait as well.
                pulse?.beat(within: Self.rescanInterval * 3)
                try? await Task.sleep(for: Self.retryInterval)
                hasNews = true
            } catch {
                // Whoever watches makes the folder anew; and it is looked at again regularly.
                return report(error)
            }
        }
    }

    /// False when some have to wait.
    private func take(_ names: [String]) async -> Bool {
        var rest = names[...]
        while !rest.isEmpty, !Task.isCancelled {
            pulse?.beat(within: Self.rescanInterval * 3)
            let batch = rest.prefix(Self.batch)
            rest = rest.dropFirst(batch.count)
            let allTaken = await withTaskGroup(of: Bool.self) { group in
                for name in batch { group.addTask { await self.take(name) } }
                var all = true
                for await isTaken in group { all = all && isTaken }
                return all
            }
            if !allTaken { return false }
        }
        return true
    }

    /// False when it has to wait.
    private func take(_ name: String) async -> Bool {
        do {
            let bytes = try await directory.read(name, maximum: maximumBody)
            _ = try await desk.accept(bytes, from: .spool)
            FaultPoint.spoolKept.pass()
            try await directory.accept(name)
            FaultPoint.spoolMoved.pass()
        } catch let refusal as DeskRefusal {
            switch refusal {
            case .unavailable, .diskFull: return false
            default: await reject(name, because: ProblemError(refusal).problem)
            }
        } catch let error as HostError where error.code == .tooLarge {
            await reject(name, because: tooLarge)
        } catch {
            warn(name, "\(error)")
        }
        return true
    }

    private func reject(_ name: String, because problem: Problem) async {
        do { try await directory.reject(name, because: problem) } catch { return warn(name, error.message) }
        logger.warning("spool file rejected", metadata: [LogKey.path: "\(name)", LogKey.error: "\(problem.title)"])
    }

    private var tooLarge: Problem {
        Problem(
            .tooLarge, status: 413, title: "The file is too large",
            detail: "expected at most \(maximumBody) bytes (intake.max_body)")
    }

    /// Warns of what is left alone, once, and gives the names of the rest.
    private func note(_ entries: [SpoolDirectory.Entry]) -> [String] {
        warned.formIntersection(entries.map(\.name))
        return entries.compactMap { entry in
            switch entry {
            case .sale(let name): return name
            case .ignored(let name, let reason):
                warn(name, reason)
                return nil
            }
        }
    }

    private func warn(_ name: String, _ reason: String) {
        guard !warned.contains(name), warned.count < Self.rememberedNames else { return }
        warned.insert(name)
        logger.warning(
            "left in the spool", metadata: [LogKey.path: "\(directory.incoming)/\(name)", LogKey.error: "\(reason)"])
    }
}
