/// Distinguishes a provider that is down from sales that it chokes on: both show as calls that fail.
///
/// A sale that fails while others get through fails alone, and says nothing about the provider. Failures that no
/// success contradicts yet count against the provider. Two failures of one sale with a success of others before the
/// second were the sale's own all the time.
struct OutageEvidence: Sendable, Equatable {
    static let failuresUntilDown = 3
    /// Failures alone after which a sale waits apart.
    static let failuresUntilApart = 2
    /// Sales that are remembered one by one; a forgotten one is soon known again.
    private static let most = 1_000
    /// Sales that have failed recently and are no good probes.
    private static let mostProbes = 64

    private struct Suspicion: Equatable {
        /// Failures that were alone.
        var alone: Int
        /// Calls of any sale that had got through at its last failure.
        var passages: Int
        /// Whether its last failure still counts against the provider.
        var isOpen: Bool
    }

    /// Calls that got through, since the start.
    private(set) var passages = 0
    /// Failures in a row that count against the provider, whatever the sale.
    private var conclusive = 0
    /// Failures in a row that may be the provider's or their sales' own.
    private var ofSales = 0
    private var isLastConclusive = false
    /// The sales of those failures, and probes that failed, the latest at the end.
    private var latelyFailed: [Int64] = []
    private var suspicions: [Int64: Suspicion] = [:]
    /// A health check ended the last outage, and no sale has got through since.
    private var isOnHealthChecksWord = false
    /// Whether an answered health check shows that sales get through: not after it was believed and they did not.
    private(set) var isHealthCheckTrusted = true
    /// A health check was answered after the last failure.
    private var isReassured = false

    var failures: Int { conclusive + ofSales }
    var speaksAgainstProvider: Bool {
        failures >= Self.failuresUntilDown && (isLastConclusive || latelyFailed.count > 1)
    }
    var isDoubtful: Bool { failures > 0 && !isReassured }
    var failedSales: Set<Int64> { Set(latelyFailed) }

    /// A sale's call was answered in the provider's own words.
    mutating func passed(_ sale: Int64) {
        passages += 1
        suspicions[sale] = nil
        (conclusive, ofSales, latelyFailed) = (0, 0, [])
        (isOnHealthChecksWord, isHealthCheckTrusted, isReassured) = (false, true, false)
    }

    /// A health check was answered: the provider is reached. Only sales can show whether it takes sales.
    mutating func healthChecked() {
        passages += 1
        conclusive = 0
        isReassured = true
    }

    /// A health check ended an outage. If sales had failed, one more such failure is enough to find it again.
    mutating func endedByHealthCheck() {
        healthChecked()
        ofSales = min(ofSales, Self.failuresUntilDown - 1)
        isOnHealthChecksWord = !latelyFailed.isEmpty
    }

    /// The account was refused, which is also an answer.
    mutating func refused() {
        (conclusive, ofSales, latelyFailed) = (0, 0, [])
    }

    /// The provider failed in a way that no sale causes.
    mutating func failedConclusively() {
        conclusive += 1
        (isLastConclusive, isReassured) = (true, false)
    }

    /// A sale's call failed while the provider counted as up.
    ///
    /// - Parameter mark: ``passages`` when the call began.
    /// - Returns: how often this sale has failed alone, if it did now; nil if the failure counts against the provider.
    mutating func failed(_ sale: Int64, since mark: Int) -> Int? {
        let known = suspicions[sale]
        // After a health check, the failures that made it down before do not count again.
        let isHeard = isOnHealthChecksWord && latelyFailed.contains(sale)
        let isAlone = passages > (known?.passages ?? mark) || isHeard
        var alone = known?.alone ?? 0
        if isAlone { alone += known?.isOpen == true ? 2 : 1 }
        if suspicions.count >= Self.most, known == nil { suspicions = [:] }
        suspicions[sale] =
            alone < Self.failuresUntilApart
            ? Suspicion(alone: alone, passages: passages, isOpen: !isAlone) : nil
        if isAlone { return alone }
        ofSales += 1
        (isLastConclusive, isReassured) = (false, false)
        noteFailed(sale)
        return nil
    }

    /// The provider is found down: the failures so far were its fault.
    mutating func convicted() {
        for sale in latelyFailed { acquit(sale) }
        if isOnHealthChecksWord { isHealthCheckTrusted = false }
        isOnHealthChecksWord = false
    }

    /// A probe failed.
    ///
    /// - Parameter sale: if it may have been the sale's fault.
    mutating func probeFailed(_ sale: Int64?) {
        conclusive += 1
        guard let sale else { return }
        noteFailed(sale)
        acquit(sale)
    }

    /// If it fails again after others got through, that is the first time that it counts.
    private mutating func acquit(_ sale: Int64) {
        if suspicions.count >= Self.most { suspicions = [:] }
        suspicions[sale] = Suspicion(alone: suspicions[sale]?.alone ?? 0, passages: passages, isOpen: false)
    }

    private mutating func noteFailed(_ sale: Int64) {
        latelyFailed.removeAll { $0 == sale }
        latelyFailed.append(sale)
        if latelyFailed.count > Self.mostProbes { latelyFailed.removeFirst() }
    }
}
