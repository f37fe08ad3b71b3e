import Synchronization

/// The credits of the account, as far as they are known here.
public struct CreditFigures: Sendable, Equatable {
    /// What was left when the service last said it; nil while it has not.
    public let balance: Int?
    /// What the service has charged since the start.
    public let charged: Int

    public init(balance: Int? = nil, charged: Int = 0) {
        self.balance = balance
        self.charged = charged
    }
}

/// Counts credits, and remembers what each job took until its result is there.
final class CreditCount: Sendable {
    private struct State {
        var balance: Int?
        var charged = 0
        var jobs: [String: Int] = [:]
    }

    /// More jobs than can be under way: what exceeds it is forgotten, and then nobody knows what it took.
    private static let mostJobs = 10_000

    private let state = Mutex(State())

    var figures: CreditFigures { state.withLock { CreditFigures(balance: $0.balance, charged: $0.charged) } }

    func has(_ balance: Int) { state.withLock { $0.balance = balance } }

    func charged(_ job: CreatedJob) {
        guard let credits = job.credits else { return }
        state.withLock { state in
            let (sum, isTooMuch) = state.charged.addingReportingOverflow(credits)
            state.charged = isTooMuch ? .max : sum
            if state.jobs.count >= Self.mostJobs { state.jobs.removeAll() }
            state.jobs[job.id] = credits
        }
    }

    /// What a job took that is over now; nil if that is not known.
    func settle(_ job: String) -> Int? { state.withLock { $0.jobs.removeValue(forKey: job) } }
}
