import Synchronization

/// What a printer has been found to answer, kept from print to print so that nothing is waited for twice in vain.
public final class PrinterMemory: Sendable {
    /// What is believed of a printer; nil where it has not been tried, or so long ago that it is to be tried again.
    struct Belief: Sendable, Equatable {
        /// The real-time questions that it answers; empty when it answers none.
        var realTime: [RealTimeTopic]?
        var processID: Bool?
        var queuedStatus: Bool?
    }

    private struct State {
        var belief = Belief()
        var doubtFrom: ContinuousClock.Instant?
        var silentOpenings = 0
        var silentSince: ContinuousClock.Instant?
        /// So it is before the first conversation: what an earlier gateway, or somebody else, left in the printer is not known.
        var mayBeMidCommand = true
        var hasAskedForReports = false

        mutating func forgetDenials() {
            doubtFrom = nil
            if belief.realTime?.isEmpty == true { belief.realTime = nil }
            if belief.processID == false { belief.processID = nil }
            if belief.queuedStatus == false { belief.queuedStatus = nil }
        }
    }

    /// A printer that answered once and is silent this many times running, for as long as a denial is believed, is taken
    /// to be another one. Sooner would be rash: one that hangs, or serves another computer, is silent for minutes.
    static let silentOpeningsBelieved = 3

    private let reprobe: Duration
    private let state = Mutex(State())

    public init(reprobe: Duration = PrinterTimeouts().reprobe) {
        self.reprobe = reprobe
    }

    func belief(now: ContinuousClock.Instant) -> Belief {
        state.withLock { state in
            if let doubtFrom = state.doubtFrom, now >= doubtFrom { state.forgetDenials() }
            return state.belief
        }
    }

    /// Notes what has been found; what is nil stays as it is.
    func learn(_ found: Belief, now: ContinuousClock.Instant) {
        state.withLock { state in
            if let realTime = found.realTime {
                state.belief.realTime = realTime
                state.silentOpenings = 0
                state.silentSince = nil
            }
            if let processID = found.processID { state.belief.processID = processID }
            if let queuedStatus = found.queuedStatus { state.belief.queuedStatus = queuedStatus }
            let denies =
                found.realTime?.isEmpty == true || found.processID == false || found.queuedStatus == false
            if denies { state.doubtFrom = now + reprobe }
        }
    }

    /// The printer did not answer what it was believed to answer: it may be another one by now.
    func forgetProofs() {
        state.withLock {
            $0.belief.processID = nil
            $0.belief.queuedStatus = nil
        }
    }

    /// Whether the printer may wait for the rest of a command, and would take the next paper's head for it.
    var mayBeMidCommand: Bool { state.withLock(\.mayBeMidCommand) }

    /// Bytes leave: whatever breaks off now, breaks off in the middle.
    func beganToSpeak() {
        state.withLock { $0.mayBeMidCommand = true }
    }

    /// Everything that was said has arrived, and ended with a command's end.
    func wasHeardOut() {
        state.withLock { $0.mayBeMidCommand = false }
    }

    /// Whether we have asked the printer to tell of itself unasked, in this conversation or an earlier one.
    var hasAskedForReports: Bool { state.withLock(\.hasAskedForReports) }

    func askedForReports() {
        state.withLock { $0.hasAskedForReports = true }
    }

    /// Notes that a printer known to answer did.
    func answered() {
        state.withLock {
            $0.silentOpenings = 0
            $0.silentSince = nil
        }
    }

    /// Notes that a printer known to answer did not; says whether it is still believed to be one that answers.
    func wasSilent(now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            state.silentOpenings += 1
            let since = state.silentSince ?? now
            state.silentSince = since
            guard state.silentOpenings >= Self.silentOpeningsBelieved, now >= since + reprobe else { return true }
            state = State(belief: Belief(realTime: []), doubtFrom: now + reprobe)
            return false
        }
    }
}
