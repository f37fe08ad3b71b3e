/// Distinguishes a service that is down from jobs that it chokes on: both show as calls that fail.
///
/// A job that fails while others get through fails alone, and says nothing about the service. Failures that no
/// success contradicts yet count against the service. Two failures of one job with a success of others before the
/// second were the job's own all the time.
struct OutageEvidence: Sendable, Equatable {
    static let failuresUntilDown = 3
    /// Failures alone after which a job waits apart.
    static let failuresUntilApart = 2
    /// Jobs that are remembered one by one; a forgotten one is soon known again.
    private static let most = 1_000
    /// Jobs that have failed recently and are no good probes.
    private static let mostProbes = 64

    private struct Suspicion: Equatable {
        /// Failures that were alone.
        var alone: Int
        /// Calls of any job that had got through at its last failure.
        var passages: Int
        /// Whether its last failure still counts against the service.
        var isOpen: Bool
    }

    /// Calls that got through, since the start.
    private(set) var passages = 0
    /// Failures in a row that count against the service, whatever the job.
    private var conclusive = 0
    /// Failures in a row that may be the service's or their jobs' own.
    private var ofJobs = 0
    private var isLastConclusive = false
    /// The jobs of those failures, and probes that failed, the latest at the end.
    private var latelyFailed: [Int64] = []
    private var suspicions: [Int64: Suspicion] = [:]
    /// A health check ended the last outage, and no job has got through since.
    private var isOnHealthChecksWord = false
    /// Whether an answered health check shows that jobs get through: not after it was believed and they did not.
    private(set) var isHealthCheckTrusted = true
    /// A health check was answered after the last failure.
    private var isReassured = false

    var failures: Int { conclusive + ofJobs }
    var speaksAgainstService: Bool {
        failures >= Self.failuresUntilDown && (isLastConclusive || latelyFailed.count > 1)
    }
    var isDoubtful: Bool { failures > 0 && !isReassured }
    var failedJobs: Set<Int64> { Set(latelyFailed) }

    /// A job's call was answered in the service's own words.
    mutating func passed(_ job: Int64) {
        passages += 1
        suspicions[job] = nil
        (conclusive, ofJobs, latelyFailed) = (0, 0, [])
        (isOnHealthChecksWord, isHealthCheckTrusted, isReassured) = (false, true, false)
    }

    /// A health check was answered: the service is reached. Only jobs can show whether it takes jobs.
    mutating func healthChecked() {
        passages += 1
        conclusive = 0
        isReassured = true
    }

    /// A health check ended an outage. If jobs had failed, one more such failure is enough to find it again.
    mutating func endedByHealthCheck() {
        healthChecked()
        ofJobs = min(ofJobs, Self.failuresUntilDown - 1)
        isOnHealthChecksWord = !latelyFailed.isEmpty
    }

    /// The account was refused, which is also an answer.
    mutating func refused() {
        (conclusive, ofJobs, latelyFailed) = (0, 0, [])
    }

    /// The service failed in a way that no job causes.
    mutating func failedConclusively() {
        conclusive += 1
        (isLastConclusive, isReassured) = (true, false)
    }

    /// A job's call failed while the service counted as up.
    ///
    /// - Parameter mark: ``passages`` when the call began.
    /// - Returns: how often this job has failed alone, if it did now; nil if the failure counts against the service.
    mutating func failed(_ job: Int64, since mark: Int) -> Int? {
        let known = suspicions[job]
        // After a health check, the failures that made it down before do not count again.
        let isHeard = isOnHealthChecksWord && latelyFailed.contains(job)
        let isAlone = passages > (known?.passages ?? mark) || isHeard
        var alone = known?.alone ?? 0
        if isAlone { alone += known?.isOpen == true ? 2 : 1 }
        if suspicions.count >= Self.most, known == nil { suspicions = [:] }
        suspicions[job] =
            alone < Self.failuresUntilApart
            ? Suspicion(alone: alone, passages: passages, isOpen: !isAlone) : nil
        if isAlone { return alone }
        ofJobs += 1
        (isLastConclusive, isReassured) = (false, false)
        addFailed(job)
        return nil
    }

    /// The service is found down: the failures so far were its fault.
    mutating func convicted() {
        for job in latelyFailed { acquit(job) }
        if isOnHealthChecksWord { isHealthCheckTrusted = false }
        isOnHealthChecksWord = false
    }

    /// A probe failed.
    ///
    /// - Parameter job: if it may have been the job's fault.
    mutating func probeFailed(_ job: Int64?) {
        conclusive += 1
        guard let job else { return }
        addFailed(job)
        acquit(job)
    }

    /// If it fails again after others got through, that is the first time that it counts.
    private mutating func acquit(_ job: Int64) {
        if suspicions.count >= Self.most { suspicions = [:] }
        suspicions[job] = Suspicion(alone: suspicions[job]?.alone ?? 0, passages: passages, isOpen: false)
    }

    private mutating func addFailed(_ job: Int64) {
        latelyFailed.removeAll { $0 == job }
        latelyFailed.append(job)
        if latelyFailed.count > Self.mostProbes { latelyFailed.removeFirst() }
    }
}
