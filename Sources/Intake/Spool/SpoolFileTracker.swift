import GatewayAPI
import Host
import JSON

/// What is known about each file in `incoming/`, and when it is due. Pure: observations go in, due files come out.
///
/// Nothing is taken while somebody may be writing to it. If a writer was seen to close or rename the file, it is due at
/// once. If nobody saw that (a start, dropped events, no inotify, a hard link), it is due once it has not changed for
/// ``settling``. A file that is not whole JSON then may still become so; a renamed one may not, because its writer was
/// done.
struct SpoolFileTracker: Sendable {
    /// By a clock that does not step, and stops while the machine sleeps: no writer writes then.
    typealias Instant = SuspendingClock.Instant

    /// Nobody pauses for so long while writing a sale, unless the line or the disk stops.
    static let settling: Duration = .seconds(2)
    /// A partial file that has not changed for this long is judged as it is.
    static let waitLimit: Duration = .seconds(60)
    /// Between two tries of a failed step.
    static let retry: Duration = .seconds(30)
    /// After this long, a file is refused if what it belongs to has not come.
    static let earlyLimit: Duration = .seconds(3_600)
    /// Between two looks for what an early file belongs to: soon at first, and less often the longer it waits.
    private static let earlyPauses: ClosedRange<Duration> = .seconds(2) ... .seconds(30)
    /// After this long, somebody has to look at a file that is still being written.
    static let writingLimit: Duration = .seconds(600)
    /// What tills see as 503 or 507 has an alarm of its own if it lasts; after this long the spool reports it as well.
    static let waitingLimit: Duration = .seconds(60)
    static let mustWait = "must wait"

    /// What a file's content was found to be; the file has to be moved.
    enum Verdict: Sendable, Equatable {
        /// - Parameter name: the file's from now on; nil for its own.
        case accepted(as: FileName? = nil)
        case known(JSONValue)
        case rejected(Problem)
    }

    /// A due file.
    struct Turn: Sendable {
        let name: FileName
        let state: FileState
        /// Nil if it has to be read first.
        let verdict: Verdict?
        /// Whether it is judged even if it is not whole.
        let isLast: Bool
        /// Whether it has waited long enough for what it belongs to.
        let hasWaited: Bool
    }

    enum Outcome: Sendable, Equatable {
        /// It is not in `incoming/` any more.
        case gone
        /// It was not whole JSON when it was read.
        case half(FileState)
        /// What it belongs to is not there yet.
        case early(FileState)
        /// Somebody wrote to it meanwhile, or replaced it.
        case changed
        /// Nothing can be taken now, for a reason outside the file.
        case mustWait(String)
        /// It cannot be read or moved.
        case stuck(String, FileState, Verdict?)
    }

    private struct File {
        var state: FileState
        let seenAt: Instant
        var unchangedSince: Instant
        /// How its writer was seen to end; nil if nobody saw it.
        var ending: DirectoryChanges.Ending?
        /// Its state when it was last read and was not whole.
        var half: FileState?
        var verdict: Verdict?
        var hindrance: (reason: String, since: Instant)?
        /// Since when it waits for what it belongs to.
        var earlySince: Instant?
        /// Not before then.
        var retryAt: Instant?

        init(_ state: FileState, at now: Instant) {
            self.state = state
            seenAt = now
            unchangedSince = now
        }
    }

    private var files: [FileName: File] = [:]
    private var pause: (reason: String, since: Instant)?

    var isEmpty: Bool { files.isEmpty }

    // MARK: Observations

    /// Everything in the folder: a file that is not listed is gone.
    mutating func see(_ all: [FileName: FileState], at now: Instant) {
        files = files.filter { all[$0.key] != nil }
        for (name, state) in all { see(name, state, at: now) }
    }

    private mutating func see(_ name: FileName, _ state: FileState, at now: Instant) {
        guard var file = files[name], file.state.isSameFile(as: state) else {
            files[name] = File(state, at: now)
            return
        }
        guard file.state != state else { return }
        if !file.state.hasSameContent(as: state) {
            file.unchangedSince = now
            file.ending = nil
            file.verdict = nil
            file.hindrance = nil
            file.earlySince = nil
        }
        // A new mode may be what it waited for.
        file.retryAt = nil
        file.state = state
        files[name] = file
    }

    /// Its writer is done with it.
    mutating func finished(_ name: FileName, _ state: FileState, _ ending: DirectoryChanges.Ending, at now: Instant) {
        see(name, state, at: now)
        files[name]?.ending = ending
        files[name]?.retryAt = nil
    }

    // MARK: Due files

    /// Ordered by name.
    func turns(at now: Instant) -> [Turn] {
        files.compactMap { name, file in turn(name, file, at: now) }.sorted { $0.name < $1.name }
    }

    private func turn(_ name: FileName, _ file: File, at now: Instant) -> Turn? {
        if let retryAt = file.retryAt, now < retryAt { return nil }
        let quiet = file.unchangedSince.duration(to: now)
        let isLast = file.ending == .renamed || quiet >= Self.waitLimit
        if file.verdict == nil {
            guard file.ending != nil || quiet >= Self.settling else { return nil }
            if let half = file.half, half.hasSameContent(as: file.state), !isLast { return nil }
        }
        let hasWaited = file.earlySince.map { $0.duration(to: now) >= Self.earlyLimit } ?? false
        return Turn(name: name, state: file.state, verdict: file.verdict, isLast: isLast, hasWaited: hasWaited)
    }

    /// When to look again, with or without an event meanwhile.
    var lookAgain: Duration {
        files.values.allSatisfy { $0.hindrance != nil } ? Self.retry : Self.settling
    }

    // MARK: Outcomes

    mutating func settle(_ name: FileName, _ outcome: Outcome, at now: Instant) {
        switch outcome {
        case .gone: files[name] = nil
        case .half(let state):
            see(name, state, at: now)
            files[name]?.half = state
            files[name]?.hindrance = nil
        case .early(let state):
            see(name, state, at: now)
            let since = files[name]?.earlySince ?? now
            let pause = min(max(since.duration(to: now) / 10, Self.earlyPauses.lowerBound), Self.earlyPauses.upperBound)
            files[name]?.earlySince = since
            files[name]?.hindrance = nil
            files[name]?.retryAt = now + pause
        case .changed:
            // It is looked at again; its writer may go on.
            files[name]?.unchangedSince = now
            files[name]?.ending = nil
            files[name]?.verdict = nil
            files[name]?.hindrance = nil
        case .mustWait: break
        case .stuck(let reason, let state, let verdict):
            see(name, state, at: now)
            let since = files[name]?.hindrance?.since ?? now
            files[name]?.hindrance = (reason, since)
            files[name]?.verdict = verdict
            files[name]?.retryAt = now + Self.retry
        }
    }

    /// Nothing can be taken at all; nil once something was.
    mutating func hold(_ reason: String?, at now: Instant) {
        pause = reason.map { ($0, pause?.since ?? now) }
    }

    // MARK: Reports

    struct Hindrance: Sendable {
        let reason: String
        var names: Set<FileName> = []
        var since: Instant
        /// Whether another alarm reports it as well.
        var isShared = false
    }

    /// Files that only wait until they are due, and those that somebody has to attend to.
    func summary(at now: Instant) -> (waiting: Int, hindrances: [Hindrance]) {
        var found: [String: Hindrance] = [:]
        var waiting = 0
        for (name, file) in files {
            guard let hindrance = hindrance(of: file, at: now) else {
                waiting += 1
                continue
            }
            var all = found[hindrance.reason] ?? hindrance
            all.names.insert(name)
            all.since = min(all.since, hindrance.since)
            found[hindrance.reason] = all
        }
        return (waiting, found.values.sorted { ($1.names.count, $0.reason) < ($0.names.count, $1.reason) })
    }

    private func hindrance(of file: File, at now: Instant) -> Hindrance? {
        if let (reason, since) = file.hindrance { return Hindrance(reason: reason, since: since) }
        if let pause, pause.since.duration(to: now) >= Self.waitingLimit {
            return Hindrance(reason: "\(Self.mustWait) (\(pause.reason))", since: pause.since, isShared: true)
        }
        if file.ending == nil, file.seenAt.duration(to: now) >= Self.writingLimit {
            return Hindrance(reason: "is still being written", since: file.seenAt)
        }
        return nil
    }
}
