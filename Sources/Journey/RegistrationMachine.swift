public import struct Foundation.Date

/// Where one sale stands with the provider. See docs/architecture.md for the diagram.
///
/// Every attempt is recorded before its first byte leaves (``Event/attemptBegan``). Only so can a transaction that the
/// provider already has be told to be ours: an earlier attempt, of which no answer is known, may have made it.
public struct RegistrationMachine: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case pending, ready, rejected
    }

    /// The call that is owed next.
    public enum Step: String, Sendable, CaseIterable {
        /// `simple-transaction/initiate-with-tax-invoice-stub`
        case stub
        /// `trading-transaction/show`
        case show
    }

    public enum Event: Sendable, Equatable {
        /// An attempt is about to be sent.
        case attemptBegan
        /// The attempt that began was not sent after all.
        case withdrawn
        /// The stub was answered with success.
        case initiated
        /// The provider says that it has a transaction of this id already (`Trade::Initiated`).
        case foundInitiated(Failure)
        /// `show` gave the link.
        case linked(serviceURL: String)
        /// To be tried again. `mayHaveActed`: the request may have reached the provider, and its answer is not known.
        /// `apart`: it fails while others get through, and goes after all of them from now on.
        case deferred(Failure, until: Date, mayHaveActed: Bool, apart: Bool = false)
        /// This sale will not be taken as it is.
        case rejected(Failure)
        /// A person sends it again; `adopting` takes the transaction that the provider has for ours.
        case retried(adopting: Bool, at: Date)
    }

    public private(set) var state: State
    public private(set) var step: Step
    /// Attempts begun so far.
    public private(set) var attempts: Int
    /// Whether an attempt was recorded whose answer never was: after a crash, the trace of what may have been sent.
    public private(set) var hasOpenAttempt: Bool
    /// Whether an earlier attempt may have made the transaction.
    public private(set) var mayBeInitiated: Bool
    public private(set) var serviceURL: String?
    public private(set) var lastError: Failure?
    /// When it is due; nil once nothing is owed.
    public private(set) var nextAttemptAt: Date?
    /// Whether it failed while others got through, and goes after all others until something comes of it.
    public private(set) var waitsApart: Bool

    /// A sale that was just accepted.
    public init(dueAt: Date) {
        self.init(state: .pending, step: .stub, nextAttemptAt: dueAt)
    }

    /// A registration as it was stored.
    public init(
        state: State, step: Step, attempts: Int = 0, hasOpenAttempt: Bool = false, mayBeInitiated: Bool = false,
        serviceURL: String? = nil, lastError: Failure? = nil, nextAttemptAt: Date? = nil, waitsApart: Bool = false
    ) {
        self.state = state
        self.step = step
        self.attempts = attempts
        self.hasOpenAttempt = hasOpenAttempt
        self.mayBeInitiated = mayBeInitiated
        self.serviceURL = serviceURL
        self.lastError = lastError
        self.nextAttemptAt = nextAttemptAt
        self.waitsApart = waitsApart
    }

    public mutating func apply(_ event: Event) throws(IllegalTransition) {
        switch (state, event) {
        case (.pending, .attemptBegan):
            mayBeInitiated = mayBeInitiated || (hasOpenAttempt && step == .stub)
            hasOpenAttempt = true
            attempts += 1
        case (.pending, .withdrawn) where hasOpenAttempt:
            hasOpenAttempt = false
            attempts -= 1
        case (.pending, .initiated) where step == .stub:
            becomeInitiated()
        case (.pending, .foundInitiated(let failure)) where step == .stub:
            if mayBeInitiated { becomeInitiated() } else { reject(failure) }
        case (.pending, .linked(let url)) where step == .show:
            state = .ready
            hasOpenAttempt = false
            serviceURL = url
            lastError = nil
            nextAttemptAt = nil
            waitsApart = false
        case (.pending, .deferred(let failure, let due, let mayHaveActed, let apart)):
            waitsApart = waitsApart || apart
            mayBeInitiated = mayBeInitiated || (mayHaveActed && step == .stub)
            hasOpenAttempt = false
            lastError = failure
            nextAttemptAt = due
        case (.pending, .rejected(let failure)):
            reject(failure)
        case (.rejected, .retried(let adopting, let now)), (.pending, .retried(let adopting, let now)):
            state = .pending
            // Without adoption the stub is owed again: if it succeeded before, `mayBeInitiated` says so.
            step = adopting ? .show : .stub
            nextAttemptAt = now
            waitsApart = false
        default:
            throw IllegalTransition(state: "\(state.rawValue)/\(step.rawValue)", event: event.name)
        }
    }

    private mutating func becomeInitiated() {
        step = .show
        hasOpenAttempt = false
        waitsApart = false
        mayBeInitiated = true
    }

    private mutating func reject(_ failure: Failure) {
        state = .rejected
        hasOpenAttempt = false
        waitsApart = false
        lastError = failure
        nextAttemptAt = nil
    }
}

extension RegistrationMachine.Event {
    /// The event's name without what it carries.
    var name: String {
        switch self {
        case .attemptBegan: "attemptBegan"
        case .withdrawn: "withdrawn"
        case .initiated: "initiated"
        case .foundInitiated: "foundInitiated"
        case .linked: "linked"
        case .deferred: "deferred"
        case .rejected: "rejected"
        case .retried: "retried"
        }
    }
}
