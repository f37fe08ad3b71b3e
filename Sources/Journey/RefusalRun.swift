/// Jobs that a service refuses one after the other, in words that no page explains.
///
/// One refused job is that job's own fault. Several in a row, with the same code and none that succeeds between, show that
/// what all of them have in common is wrong: the account, or what the configuration adds to each.
struct RefusalRun: Sendable, Equatable {
    static let refusalsOfAccount = 3

    private var code: String?
    private var jobs: Set<Int64> = []

    /// - Returns: whether the refusal speaks against the account.
    mutating func refused(_ job: Int64, with code: String) -> Bool {
        if code != self.code { (self.code, jobs) = (code, []) }
        jobs.insert(job)
        return jobs.count >= Self.refusalsOfAccount
    }

    mutating func end() { self = RefusalRun() }
}
