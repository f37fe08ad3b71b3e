public import struct Foundation.Date

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
        /// The service has acted. `remoteID`: its own name for the result, if it gives one.
        case begun(remoteID: String? = nil)
        /// The service says that it has already acted on a job of this key.
        case foundExisting(Failure)
        /// It is done. `result`: the result, such as a registration's link.
        case done(result: String?)
        /// Try again. `mayHaveActed`: the request may have reached the service, and its answer is not known. `apart`:
        /// it fails while others get through, and goes after all of them from now on.
        case deferred(Failure, until: Date, mayHaveActed: Bool, apart: Bool = false)
        /// The service does not take it as it is.
        case rejected(Failure)
        /// A person sends it again; `adopting` treats what the service has under this key as ours.
        case retried(adopting: Bool, at: Date)
    }

    public private(set) var state: State
    public private(set) var step: Step
    /// Attempts begun so far.
    public private(set) var attempts: Int
    /// Whether an attempt was recorded whose answer never was: after a crash, this says that it may have been sent.
    public private(set) var hasOpenAttempt: Bool
    /// Whether an earlier attempt may have made the service act.
    public private(set) var mayHaveActed: Bool
    /// The service's own name for the result.
    public private(set) var remoteID: String?
    /// The result; nil until it is done.
    public private(set) var result: String?
    public private(set) var lastError: Failure?
    /// When it is due; nil once nothing is owed.
    public private(set) var nextAttemptAt: Date?
    /// Whether it failed while others got through. Until it succeeds or a person sends it again, it goes after all
    /// others.
    public private(set) var waitsApart: Bool

    /// A new job.
    public init(dueAt: Date) {
        self.init(state: .pending, step: .begin, nextAttemptAt: dueAt)
    }

    /// A stored job.
    public init(
        state: State, step: Step, attempts: Int = 0, hasOpenAttempt: Bool = false, mayHaveActed: Bool = false,
        remoteID: String? = nil, result: String? = nil, lastError: Failure? = nil, nextAttemptAt: Date? = nil,
        waitsApart: Bool = false
    ) {
        self.state = state
        self.step = step
        self.attempts = attempts
        self.hasOpenAttempt = hasOpenAttempt
        self.mayHaveActed = mayHaveActed
        self.remoteID = remoteID
        self.result = result
        self.lastError = lastError
        self.nextAttemptAt = nextAttemptAt
        self.waitsApart = waitsApart
    }

    public mutating func apply(_ event: Event) throws(IllegalTransition) {
        switch (state, event) {
        case (.pending, .attemptBegan):
            mayHaveActed = mayHaveActed || (hasOpenAttempt && step == .begin)
            hasOpenAttempt = true
            attempts += 1
        case (.pending, .withdrawn) where hasOpenAttempt:
            hasOpenAttempt = false
            attempts -= 1
        case (.pending, .begun(let id)) where step == .begin:
            follow(remoteID: id)
        case (.pending, .foundExisting(let failure)) where step == .begin:
            if mayHaveActed { follow(remoteID: nil) } else { reject(failure) }
        case (.pending, .done(let result)) where step == .follow:
            state = .done
            hasOpenAttempt = false
            self.result = result
            lastError = nil
            nextAttemptAt = nil
            waitsApart = false
        case (.pending, .deferred(let failure, let due, let mayHaveActed, let apart)):
            waitsApart = waitsApart || apart
            self.mayHaveActed = self.mayHaveActed || (mayHaveActed && step == .begin)
            hasOpenAttempt = false
            lastError = failure
            nextAttemptAt = due
        case (.pending, .rejected(let failure)):
            reject(failure)
        case (.rejected, .retried(let adopting, let now)), (.pending, .retried(let adopting, let now)):
            state = .pending
            // Without adoption the first step is owed again; if it succeeded before, `mayHaveActed` says so.
            step = adopting ? .follow : .begin
            nextAttemptAt = now
            waitsApart = false
        default:
            throw IllegalTransition(state: "\(state.rawValue)/\(step.rawValue)", event: event.name)
        }
    }

    private mutating func follow(remoteID id: String?) {
        step = .follow
        hasOpenAttempt = false
        waitsApart = false
        mayHaveActed = true
        remoteID = id ?? remoteID
    }

    private mutating func reject(_ failure: Failure) {
        state = .rejected
        hasOpenAttempt = false
        waitsApart = false
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
        case .begun: "begun"
        case .foundExisting: "foundExisting"
        case .done: "done"
        case .deferred: "deferred"
        case .rejected: "rejected"
        case .retried: "retried"
        }
    }
}
