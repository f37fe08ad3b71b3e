import GatewayAPI
import Host

/// What is known of each file in `incoming/`, and when it is its turn. Pure: what was seen goes in, whose turn it is comes out.
///
/// Nothing is taken while somebody may be writing to it. Where a writer was seen to close or rename the file, its turn is at
/// once; where nobody saw that (a start, events that were dropped, no inotify, a hard link), once it has not changed for
/// ``settling``. A file that is not whole JSON then may yet become so; one that was renamed may not: its writer said so.
struct SpoolFileTracker: Sendable {
    /// Of a clock that does not step, and stands while the machine sleeps: no writer writes then.
    typealias Instant = SuspendingClock.Instant

    /// Nobody who writes a sale pauses for so long in its middle, but where the line or the disk stands still.
    static let settling: Duration = .seconds(2)
    /// Half a file that has not changed for so long is judged as it is.
    static let waitLimit: Duration = .seconds(60)
    /// Between two tries of what could not be done.
    static let retry: Duration = .seconds(30)
    /// A file that is still being written after so long is somebody's to look at.
    static let writingLimit: Duration = .seconds(600)
    /// What tills see as 503 or 507 has an alarm of its own where it lasts; after so long it is the spool's as well.
    static let waitingLimit: Duration = .seconds(60)
    static let mustWait = "must wait"

    /// What a file's content was found to be; it has to be moved.
    enum Verdict: Sendable, Equatable {
        case accepted
        case rejected(Problem)
    }

    /// A file whose turn it is.
    struct Turn: Sendable {
        let name: FileName
        let state: FileState
        /// Nil where it is to be read first.
        let verdict: Verdict?
        /// Whether it is judged even where it is not whole.
        let isLast: Bool
    }

    enum Outcome: Sendable, Equatable {
        /// It is in `incoming/` no more.
        case gone
        /// Not whole JSON yet, as it was read.
        case half(FileState)
        /// Somebody wrote to it meanwhile, or put another one in its place.
        case changed
        /// Sales cannot be taken now, for a reason that is not the file's.
        case mustWait(String)
        /// It cannot be read or moved.
        case stuck(String, FileState, Verdict?)
    }

    private struct File {
        var state: FileState
        let seenAt: Instant
        var unchangedSince: Instant
        /// How its writer was seen to end; nil where that was not seen.
        var ending: DirectoryChanges.Ending?
        /// As it was when it was last read and was not whole.
        var half: FileState?
        var verdict: Verdict?
        var hindrance: (reason: String, since: Instant)?
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

    // MARK: What is seen

    /// All that lies there: what is not among them is gone.
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

    // MARK: Whose turn it is

    /// In the order of names.
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
        return Turn(name: name, state: file.state, verdict: file.verdict, isLast: isLast)
    }

    /// When to look again, whether or not anything is heard meanwhile.
    var lookAgain: Duration {
        files.values.allSatisfy { $0.hindrance != nil } ? Self.retry : Self.settling
    }

    // MARK: What came of it

    mutating func settle(_ name: FileName, _ outcome: Outcome, at now: Instant) {
        switch outcome {
        case .gone: files[name] = nil
        case .half(let state):
            see(name, state, at: now)
            files[name]?.half = state
            files[name]?.hindrance = nil
        case .changed:
            // It is looked at anew; whoever wrote to it may go on.
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

    /// No sale can be taken at all; nil where one was.
    mutating func hold(_ reason: String?, at now: Instant) {
        pause = reason.map { ($0, pause?.since ?? now) }
    }

    // MARK: What is told of it

    struct Hindrance: Sendable {
        let reason: String
        var names: Set<FileName> = []
        var since: Instant
        /// Whether somebody else tells of it as well.
        var isShared = false
    }

    /// Files that wait for nothing but their turn, and those that somebody has to see to.
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
