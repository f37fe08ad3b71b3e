public import Foundation

// How much may begin now.
extension ServicePolicy {
    /// How many more calls may begin now for jobs that nobody waits for: some places stay free, so a till's job
    /// never waits for the backlog's calls to end.
    public func backlogAllowance(inFlight: Int, at now: Date) -> Int {
        switch condition {
        case .up: max(0, min(width, limit - reserve) - inFlight)
        case .down, .held: allowance(inFlight: inFlight, at: now)
        }
    }

    /// How many more jobs may be taken into work now: in all, of those that no till sent, of those that nobody waits
    /// for, and of those that wait apart.
    public struct WorkAllowance: Sendable, Equatable {
        public let all: Int
        public let spool: Int
        public let backlog: Int
        /// Of those that wait apart.
        public let apart: Int
    }

    /// While calls get through, more jobs are in work than may be called for: then no place among the calls is empty
    /// while the disk writes an outcome. The backlog leaves room for jobs that came from the spool a moment ago, and
    /// both leave room for tills' jobs.
    ///
    /// - Parameters:
    ///   - inWork: all of them.
    ///   - spool: those that no till sent, the backlog included.
    ///   - backlog: those that nobody waits for, and those apart.
    ///   - apart: those that wait apart.
    public func workAllowance(inWork: Int, spool: Int, backlog: Int, apart: Int, at now: Date) -> WorkAllowance {
        guard condition.isUp else {
            let probe = allowance(inFlight: inWork, at: now)
            return WorkAllowance(all: probe, spool: probe, backlog: probe, apart: condition.isHeld ? probe : 0)
        }
        let most = min(width, limit - reserve) * Self.jobsPerCall
        return WorkAllowance(
            all: max(0, (width + 2) * Self.jobsPerCall - inWork),
            spool: max(0, (width + 1) * Self.jobsPerCall - spool),
            // In batches: one commit begins them all.
            backlog: backlog <= most / 2 ? most - backlog : 0,
            // One at a time: each may hold its place until the time-out.
            apart: apart == 0 ? 1 : 0)
    }

    private static let jobsPerCall = 4

    private var reserve: Int { limit > 1 ? max(1, limit / 8) : 0 }
}
