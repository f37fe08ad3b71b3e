import Foundation
import Gateway
import Host
import Journey
import Logging
import Runtime

/// Removes files that have been in `accepted/` and `rejected/` for as long as they have to be kept, if more than one
/// clock agrees.
///
/// Refused files stay, however old, until somebody has acknowledged them: the till's sale is nowhere else.
struct SpoolPruning: Sendable {
    private static let interval: Duration = .seconds(3_600)
    /// Files to remove before the clock is judged again.
    private static let step = 500

    let accepted: String
    let rejected: String
    /// How long settled files stay.
    let keep: Duration
    let sales: SaleOperations
    let logger: Logger

    /// Not at the start: within the first hour no clock is trusted.
    func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.interval, clock: .continuous)
            if !Task.isCancelled { await prune() }
        }
    }

    /// Returns how many files were removed.
    @discardableResult
    func prune() async -> Int {
        var removed = await prune(accepted)
        // If it cannot be found out, nobody has seen them.
        if let isUnseen = try? await sales.hasUnseenRejectedFiles(), !isUnseen { removed += await prune(rejected) }
        if removed > 0 {
            logger.info("settled spool files removed", metadata: [LogKey.count: "\(removed)"])
        }
        return removed
    }

    private func prune(_ folder: String) async -> Int {
        var removed = 0
        while case .trusted(let now) = sales.deletion {
            let limit = now - keep.inSeconds
            guard let count = try? await Folder.removeFiles(in: folder, changedBefore: limit, atMost: Self.step) else {
                break
            }
            removed += count
            if count < Self.step { break }
        }
        return removed
    }
}
