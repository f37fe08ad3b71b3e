import Gateway
import GatewayAPI
import Host
import Logging
import Runtime
import Synchronization

/// The spool's log lines: each fact once, however often it is met.
final class SpoolLog: Sendable {
    /// Names of ignored entries that are reported one by one.
    private static let mostNames = 1_000

    private struct Told: Sendable {
        var left: Set<FileName> = []
        var hindered: [String: Set<FileName>] = [:]
        var folderFault: String?
        var watchFault: String?
    }

    private let folder: String
    private let logger: Logger
    private let told = Mutex(Told())

    init(folder: String, logger: Logger) {
        self.folder = folder
        self.logger = logger
    }

    func rejected(_ name: FileName, _ problem: Problem) {
        logger.warning(
            "spool file rejected",
            metadata: [LogKey.path: "\(folder)/\(name)", LogKey.error: "\(problem.title)"])
    }

    /// - Parameter fault: why nothing reports new files; nil if something does.
    func watching(_ fault: String?) {
        let isNews = told.withLock { told in
            defer { told.watchFault = fault }
            return told.watchFault != fault
        }
        guard isNews else { return }
        guard let fault else { return logger.notice("spool watch restored") }
        logger.warning(
            "spool not watched, scanning every 2 seconds", metadata: [LogKey.error: "\(fault)"])
    }

    /// Everything that the gateway ignores.
    func left(_ entries: [SpoolDirectory.Entry]) {
        let news = told.withLock { told in
            told.left.formIntersection(entries.map(\.name))
            let news = entries.filter { !told.left.contains($0.name) }.prefix(Self.mostNames - told.left.count)
            told.left.formUnion(news.map(\.name))
            return news
        }
        for entry in news {
            logger.warning(
                "spool file ignored",
                metadata: [LogKey.path: "\(folder)/\(entry.name)", LogKey.error: "\(entry.isLeftBecause ?? "")"])
        }
    }

    /// - Parameters:
    ///   - hindrances: all present ones. Each is reported when it gets files that it did not have at the last report.
    ///   - folder: why the folder itself cannot be used.
    func hindered(_ hindrances: [SpoolFileTracker.Hindrance], folder fault: String?) {
        let (news, folderNews) = told.withLock { told in
            let news = hindrances.filter { hindrance in
                !hindrance.isShared && !hindrance.names.isSubset(of: told.hindered[hindrance.reason] ?? [])
            }
            told.hindered = Dictionary(hindrances.map { ($0.reason, $0.names) }) { $1 }
            defer { told.folderFault = fault }
            return (news, fault != told.folderFault ? fault : nil)
        }
        for hindrance in news {
            logger.error(
                "spool files stuck",
                metadata: [
                    LogKey.count: "\(hindrance.names.count)", LogKey.reason: "\(hindrance.reason)",
                    LogKey.path: "\(folder)/\(hindrance.names.min().map { "\($0)" } ?? "")",
                ])
        }
        if let folderNews {
            logger.error(
                "spool cannot be read", metadata: [LogKey.path: "\(folder)", LogKey.error: "\(folderNews)"])
        }
    }
}
