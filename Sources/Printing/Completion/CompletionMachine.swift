/// Decides when a paper is known to be out. It takes the printer's replies and the time, and returns what to do. No
/// I/O.
///
/// It first asks for the process ID, with the queued status behind it: a printer that answers only the second has no
/// process ID. If neither is answered, real-time status after the paper has to do. While the printer says that it
/// cannot print, only the limit for staff's help runs. If the printer has never answered, it has to do that it took
/// everything.
struct CompletionMachine: Sendable {
    typealias Instant = ContinuousClock.Instant

    enum Action: Sendable, Equatable {
        case write([UInt8])
        case poll([RealTimeTopic])
        case wait(until: Instant)
        case confirmed(Confirmation)
        case failed(Failure)
    }

    enum Failure: Sendable, Equatable {
        /// Able to print, and silent for too long.
        case silent
        /// Able to print and answering, but not about this paper.
        case unconfirmed
        /// Unable to print for longer than the limit for staff's help.
        case stalledTooLong
    }

    /// The least that a working printer prints, in bytes of raster a second.
    static let slowestRate = 8 * 1_024
    /// The time after which an unanswered question may be asked again.
    static let lostQuestion: Duration = .seconds(5)

    /// What was sent: how much, and the id that the printer is asked to give back for it.
    struct Paper: Sendable {
        let id: ProcessID
        let bytes: Int
    }

    let policy: ConfirmationPolicy
    let id: ProcessID
    let belief: PrinterMemory.Belief
    let timeouts: PrinterTimeouts
    let started: Instant
    /// How long the paper may take to print.
    let printing: Duration
    var status: PrinterStatus?

    private var hasAsked = false
    private var readySince: Instant?
    private var lastHeard: Instant
    private var lastPoll: Instant
    private var pollAnswersDue = 0
    private var pollWhileReady = false
    private var isReadyNow = false
    private var queuedAnswer: Instant?
    private var asksQueuedAgain = false
    private var isEchoed = false
    /// Since when the line is not trusted, and whether the printer could print until then.
    private var untrusted: (since: Instant, couldPrint: Bool)?

    init(
        _ paper: Paper, policy: ConfirmationPolicy, belief: PrinterMemory.Belief, status: PrinterStatus?,
        timeouts: PrinterTimeouts, now: Instant
    ) {
        self.policy = policy
        id = paper.id
        self.belief = belief
        self.status = status
        self.timeouts = timeouts
        printing = Self.printing(bytes: paper.bytes)
        started = now
        lastHeard = now
        lastPoll = now
    }

    static func printing(bytes: Int) -> Duration {
        .seconds(1) * (Double(bytes) / Double(slowestRate))
    }

    /// What this paper showed about the printer, once it is confirmed.
    var found: PrinterMemory.Belief {
        guard !isEchoed else { return PrinterMemory.Belief(processID: true) }
        guard untrusted == nil else { return PrinterMemory.Belief() }
        return PrinterMemory.Belief(
            processID: asksProcessID ? false : nil,
            queuedStatus: queuedAnswer != nil ? true : (asksQueued ? false : nil))
    }

    private var asksProcessID: Bool { policy == .processID || (policy == .auto && belief.processID != false) }

    private var mayBeStatus: Bool { policy == .status || (policy == .auto && belief.processID != true) }

    /// Nothing was heard, and no answer is known to be owed.
    private var isMute: Bool { policy == .auto && status == nil && belief.processID != true }

    private var asksQueued: Bool { mayBeStatus && belief.queuedStatus != false }

    mutating func heard(_ reply: PrinterReply, status: PrinterStatus?, now: Instant) {
        lastHeard = now
        self.status = status
        switch reply {
        case .processID(let echo): if echo == id { isEchoed = true }
        case .realTime:
            guard pollAnswersDue > 0 else { break }
            pollAnswersDue -= 1
            if pollAnswersDue == 0, pollWhileReady, status?.canPrint == true { isReadyNow = true }
        case .queued(let byte):
            guard hasAsked, asksQueued, queuedAnswer == nil else { break }
            // Some printers answer at paper end too, with the sensor's bits: that is no proof, so the question is asked
            // again.
            if byte & 0x0C == 0 { queuedAnswer = now } else { asksQueuedAgain = true }
        case .automatic: break
        }
        if status?.canPrint == false { becameUnable() }
    }

    /// Bytes came that no printer sends. From now on the line proves nothing, like a silent one.
    ///
    /// - Parameter couldPrint: whether the printer was able to print, as far as was known before.
    mutating func trustIsLost(couldPrint: Bool, now: Instant) {
        guard untrusted == nil else { return }
        untrusted = (now, couldPrint)
        status = nil
    }

    private mutating func becameUnable() {
        readySince = nil
        pollWhileReady = false
        isReadyNow = false
    }

    mutating func next(now: Instant) -> Action {
        if isEchoed { return .confirmed(.processID) }
        if now >= started + timeouts.waitLimit { return .failed(.stalledTooLong) }
        if let untrusted {
            guard policy == .auto, untrusted.couldPrint else { return .failed(.unconfirmed) }
            let moment = max(untrusted.since, started + settling)
            return now >= moment ? .confirmed(.written) : .wait(until: moment)
        }
        if !hasAsked {
            hasAsked = true
            let questions =
                (asksProcessID ? ESCPOS.processIDRequest(id) : []) + (asksQueued ? ESCPOS.queuedStatusRequest : [])
            if !questions.isEmpty { return .write(questions) }
            if isMute { return .confirmed(.written) }
        }
        if status?.canPrint == false {
            becameUnable()
        } else if let outcome = whileReady(now: now) {
            return outcome
        }
        return poll(now: now) ?? .wait(until: nextMoment(after: now))
    }

    private mutating func whileReady(now: Instant) -> Action? {
        let since = readySince ?? now
        readySince = since
        if asksQueuedAgain {
            asksQueuedAgain = false
            return .write(ESCPOS.queuedStatusRequest)
        }
        if isMute, now >= since + settling { return .confirmed(.written) }
        if mayBeStatus {
            if let queuedAnswer {
                if !asksProcessID || now >= queuedAnswer + timeouts.grace { return .confirmed(.status) }
            } else if status != nil, isReadyNow || belief.realTime?.isEmpty != false, now >= since + settling {
                return .confirmed(.status)
            }
        }
        if now >= max(lastHeard, since) + silence { return .failed(.silent) }
        return now >= since + printing + timeouts.completion ? .failed(.unconfirmed) : nil
    }

    /// Real-time status says nothing about queued data, so the paper gets the time it may take.
    private var settling: Duration { timeouts.grace + printing }

    private var silence: Duration { timeouts.silence + printing }

    private mutating func poll(now: Instant) -> Action? {
        guard let topics = belief.realTime, !topics.isEmpty else { return nil }
        guard now >= lastPoll + (pollAnswersDue > 0 ? Self.lostQuestion : timeouts.poll) else { return nil }
        lastPoll = now
        pollAnswersDue = topics.count
        pollWhileReady = readySince != nil
        return .poll(topics)
    }

    private func nextMoment(after now: Instant) -> Instant {
        var moments = [now + timeouts.poll, lastPoll + timeouts.poll, started + timeouts.waitLimit]
        if let queuedAnswer { moments.append(queuedAnswer + timeouts.grace) }
        if let readySince {
            moments += [readySince + settling, readySince + printing + timeouts.completion]
            moments.append(max(lastHeard, readySince) + silence)
        }
        return moments.filter { $0 > now }.min() ?? now + timeouts.poll
    }
}
