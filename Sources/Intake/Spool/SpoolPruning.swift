import Gateway
import Host
import Logging

/// Removes what has lain in `accepted/` and `rejected/` for as long as it has to be kept.
struct SpoolPruning: Sendable {
    private static let interval: Duration = .seconds(3_600)

    let folders: [String]
    /// How long settled files stay.
    let keep: Duration
    let logger: Logger

    func run() async {
        while !Task.isCancelled {
            await prune()
            try? await Task.sleep(for: Self.interval)
        }
    }

    func prune() async {
        var removed = 0
        for folder in folders { removed += (try? await Folder.removeFiles(in: folder, olderThan: keep)) ?? 0 }
        if removed > 0 {
            logger.info("settled spool files removed", metadata: [LogKey.count: "\(removed)"])
        }
    }
}
