public import Foundation
public import Sales

/// The state of one job at the service that owes it. See docs/architecture.md for the diagram.
///
/// Every attempt is recorded before its first byte leaves (``Event/attemptBegan``). Only then can something that the
/// service already has be recognised as ours: an earlier attempt without a known answer may have made it.
public struct JobMachine: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case pending, done, rejected
    }

    /// The call that is owed next.
    public enum Step: String, Sendable, CaseIterable {
        /// The service may act on it: it makes a transaction, takes money, sends a document.
        case begin
        /// It asks for the result, and may be repeated.
        case follow
    }

    public enum Event: Sendable, Equatable {
        /// An attempt is about to be sent.
        case attemptBegan
        /// The attempt that began was not sent after all.
        case withdrawn
        /// What the next attempt needs is at the service: nothing that this step does before has made it act.
        case prepared(remoteID: String?, at: Date)
        /// The service has acted, for the first time or anew. `remoteID`: its own name for the result, if it gives one.
        case begun(remoteID: String? = nil)
        /// The same attempt goes on with the second step, and has no answer to that yet.
        case wentOn
        /// The service says that it has already acted on a job of this key.
        case foundExisting(Failure)
        /// It is done. `result`: the result, such as a registration's link.
        case done(result: String?)
        /// A part of it is done, and the next is owed at this time: a stream has no end. What is on record of its
        /// attempts was about the last part.
        case continued(at: Date)
        /// Try again. `mayHaveActed`: the request may have reached the service, and its answer is not known. `apart`:
        /// it fails while others get through, and goes after all of them from now on.
        case deferred(Failure, until: Date, mayHaveActed: Bool, apart: Bool = false)
        /// What was made is of no use any more. It begins again at this time. `keeping`: the name of what is still there of it.
        case lost(Failure, at: Date, keeping: String? = nil)
        /// The service was asked for what it may have made of this job, or has made, and does not have it. Look again, or go
        /// on, at this time.
        case absent(Failure, until: Date)
        /// The service has what an earlier attempt made, and does not list it yet. Look again at this time, and never make it
        /// again.
        case unlisted(Failure, until: Date)
        /// The service does not take it as it is.
        case rejected(Failure)
        /// What was made is taken back. A rejected job may be sent again, and is looked for first if it may have been made: the
        /// service only said that it has no document of that name.
        case documentWithdrawn
        /// A person sends it again.
        case retried(JobRetry, at: Date)
    }

    /// What the service has made of it.
    public struct Made: Sendable, Equatable {
        /// The service's own name for the result.
        public var id: String?
        /// The result; nil until it is done.
        public var result: String?

        public init(id: String? = nil, result: String? = nil) {
            self.id = id
            self.result = result
        }
    }

    public private(set) var state: State
    public private(set) var step: Step
    /// What is on record of its attempts.
    public private(set) var history: AttemptHistory
    /// What the service has made.
    public private(set) var made: Made
    public private(set) var lastError: Failure?
    /// When it is due; nil once nothing is owed.
    public private(set) var nextAttemptAt: Date?

    public var remoteID: String? { made.id }
    public var result: String? { made.result }
    public var attempts: Int { history.count }
    public var hasOpenAttempt: Bool { history.hasOpen }
    public var mayHaveActed: Bool { history.mayHaveActed }
    public var waitsApart: Bool { history.waitsApart }
    public var search: JobSearch { history.search }

    /// A new job.
    public init(dueAt: Date) {
        self.init(state: .pending, step: .begin, nextAttemptAt: dueAt)
    }

    /// A stored job.
    public init(
        state: State, step: Step, history: AttemptHistory = AttemptHistory(), made: Made = Made(),
        lastError: Failure? = nil, nextAttemptAt: Date? = nil
    ) {
        self.state = state
        self.step = step
        self.history = history
        self.made = made
        self.lastError = lastError
        self.nextAttemptAt = nextAttemptAt
    }

    public mutating func apply(_ event: Event) throws(IllegalTransition) {
        switch (state, event) {
        case (.pending, .attemptBegan):
            history.began(acting: step == .begin)
        case (.pending, .withdrawn) where hasOpenAttempt:
            history.wasWithdrawn()
        case (.pending, .prepared(let id, let due)) where step == .begin:
            history.hasPrepared()
            made = Made(id: id)
            lastError = nil
            nextAttemptAt = due
        case (.pending, .lost(let failure, let due, let id)):
            history.hasLost()
            made = Made(id: id)
            step = .begin
            lastError = failure
            nextAttemptAt = due
        case (.pending, .begun(let id)):
            follow(remoteID: id)
        case (.pending, .wentOn) where step == .follow:
            history.goesOn()
        case (.pending, .foundExisting(let failure)) where step == .begin:
            if mayHaveActed { follow(remoteID: nil) } else { reject(failure) }
        case (.pending, .done(let result)) where step == .follow:
            state = .done
            history.ended(waitsApart: false)
            made.result = result
            lastError = nil
            nextAttemptAt = nil
        case (.pending, .deferred(let failure, let due, let mayHaveActed, let apart)):
            history.ended(acted: mayHaveActed && step == .begin, waitsApart: waitsApart || apart)
            lastError = failure
            nextAttemptAt = due
        case (.pending, .absent(let failure, let due)):
            history.foundNothing()
            lastError = failure
            nextAttemptAt = due
        case (.pending, .unlisted(let failure, let due)) where step == .begin && mayHaveActed:
            history.foundUnlisted()
            lastError = failure
            nextAttemptAt = due
        case (.pending, .rejected(let failure)):
            reject(failure)
        case (.rejected, .documentWithdrawn):
            history.wasTakenBack()
            made = Made()
            step = .begin
        case (.done, .documentWithdrawn): break
        case (.pending, .continued(let due)) where step == .begin:
            history = AttemptHistory()
            lastError = nil
            nextAttemptAt = due
        case (.rejected, .retried(let retry, let now)), (.pending, .retried(let retry, let now)):
            send(retry, at: now)
        default:
            throw IllegalTransition(state: "\(state.rawValue)/\(step.rawValue)", event: event.name)
        }
    }

    private mutating func send(_ retry: JobRetry, at now: Date) {
        let wasPending = state == .pending
        state = .pending
        history.wasRetried()
        // Its own is looked for, not that one asked for again.
        if lastError?.isOfAnotherDocument == true { made = Made() }
        if case .adopting(let id) = retry.way {
            history.wasAdopted()
            made.id = id ?? made.id
            (step, nextAttemptAt) = (.follow, now)
        } else if retry.startsOver {
            history.startOver(forgettingAttempts: retry.way == .moving)
            made = Made()
            if retry.way == .moving { lastError = nil }
            (step, nextAttemptAt) = (.begin, now)
        } else if let settling = retry.settling, mayHaveActed || hasOpenAttempt {
            look(after: settling, wasPending: wasPending, at: now)
        } else {
            // A search for what may have been made goes on. If the first step succeeded before, `mayHaveActed` says so.
            if step == .follow { history.endSearch() }
            (step, nextAttemptAt) = (.begin, now)
        }
    }

    /// It may have been made, and only a look shows that: no retry brings the attempt nearer that would make it again.
    private mutating func look(after settling: Duration, wasPending: Bool, at now: Date) {
        if wasPending, step == .follow {
            // What was made is asked for: that is always safe.
            nextAttemptAt = now
            return
        }
        if wasPending, let due = nextAttemptAt, due <= now + JobSearch.pause.inSeconds { return }
        if step == .follow { history.endSearch() } else { history.searchAgain() }
        (step, nextAttemptAt) = (.begin, now + settling.inSeconds)
    }

    private mutating func follow(remoteID id: String?) {
        step = .follow
        history.ended(acted: true, waitsApart: false)
        history.hasFound()
        made.id = id ?? made.id
    }

    private mutating func reject(_ failure: Failure) {
        state = .rejected
        history.ended(waitsApart: false)
        lastError = failure
        nextAttemptAt = nil
    }
}

extension JobMachine.Event {
    /// The event's name without its values.
    var name: String {
        switch self {
        case .attemptBegan: "attemptBegan"
        case .withdrawn: "withdrawn"
        case .prepared: "prepared"
        case .begun: "begun"
        case .wentOn: "wentOn"
        case .foundExisting: "foundExisting"
        case .done: "done"
        case .continued: "continued"
        case .deferred: "deferred"
        case .lost: "lost"
        case .absent: "absent"
        case .unlisted: "unlisted"
        case .rejected: "rejected"
        case .documentWithdrawn: "documentWithdrawn"
        case .retried: "retried"
        }
    }
}
