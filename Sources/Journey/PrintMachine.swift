public import struct Foundation.Date

/// The state of one piece of paper. See docs/architecture.md for the diagram.
///
/// "Printing" is recorded before the first byte leaves: a print found in that state at start-up may be on paper.
public struct PrintMachine: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case receipt
        case qrSlip = "qr_slip"
        case copy
    }

    /// The mark on the paper.
    public enum Mark: String, Sendable, CaseIterable {
        case none, copy, reprint
    }

    public enum State: String, Sendable, CaseIterable {
        case queued, printing, printed, failed, cancelled, uncertain
    }

    /// How it is known that the paper came out.
    public enum Confirmation: String, Sendable, CaseIterable {
        case processID = "process-id"
        case status, cups, written
    }

    public enum Event: Sendable, Equatable {
        /// The first byte is about to leave.
        case began
        /// The printer took no byte after all.
        case returned(reason: String)
        /// The printer stands still in the middle of the paper.
        case heldUp(reason: String)
        /// It prints again.
        case wentOn
        /// It is out; `lacking` says what was left out of it, and why.
        case confirmed(Confirmation, at: Date, lacking: String? = nil)
        /// Bytes were taken, and then contact was lost or the gateway died.
        case lostContact(reason: String, at: Date)
        /// It waited too long to be begun, or was refused for good.
        case failed(reason: String, at: Date)
        case cancelled(at: Date, reason: String? = nil)
        /// Staff want the paper that was never begun.
        case requeued
    }

    public let kind: Kind
    public let mark: Mark
    public private(set) var state: State
    public private(set) var confirmedBy: Confirmation?
    public private(set) var finishedAt: Date?
    /// Why it waits, failed, was cancelled by itself or is uncertain; for a printed paper, what was left out of it, and
    /// why.
    public private(set) var error: String?

    public init(
        kind: Kind, mark: Mark, state: State = .queued, confirmedBy: Confirmation? = nil, finishedAt: Date? = nil,
        error: String? = nil
    ) {
        self.kind = kind
        self.mark = mark
        self.state = state
        self.confirmedBy = confirmedBy
        self.finishedAt = finishedAt
        self.error = error
    }

    /// Whether this is the sale's one unmarked original.
    public var isUnmarkedOriginal: Bool { kind == .receipt && mark == .none }

    /// Whether paper came out, or may have.
    public var isOut: Bool { state == .printed || state == .uncertain }

    /// Whether it came out without something that does not fit on its paper: an automatic slip with that would fail in
    /// the same way.
    public var isIncomplete: Bool { state == .printed && error != nil }

    /// Whether it is printed again by itself, once, marked as a reprint: an original that may or may not be on paper.
    public var owesReprint: Bool { state == .uncertain && isUnmarkedOriginal }

    /// Whether it was owed, and ended without a known paper. An uncertain original is not among them: it is printed again by
    /// itself.
    public var endedBadly: Bool { state == .failed || state == .uncertain && !isUnmarkedOriginal }

    public mutating func apply(_ event: Event) throws(IllegalTransition) {
        switch (state, event) {
        case (.queued, .began):
            state = .printing
            error = nil
        case (.printing, .returned(let reason)), (.queued, .returned(let reason)):
            state = .queued
            error = reason
        case (.printing, .heldUp(let reason)):
            error = reason
        case (.printing, .wentOn):
            error = nil
        case (.printing, .confirmed(let confirmation, let now, let lacking)):
            finish(.printed, at: now, error: lacking)
            confirmedBy = confirmation
        case (.printing, .lostContact(let reason, let now)):
            finish(.uncertain, at: now, error: reason)
        case (.queued, .failed(let reason, let now)):
            finish(.failed, at: now, error: reason)
        case (.queued, .cancelled(let now, let reason)):
            finish(.cancelled, at: now, error: reason)
        case (.failed, .requeued), (.cancelled, .requeued):
            state = .queued
            error = nil
            finishedAt = nil
        default:
            throw IllegalTransition(state: state.rawValue, event: event.name)
        }
    }

    private mutating func finish(_ state: State, at now: Date, error: String?) {
        self.state = state
        self.error = error
        finishedAt = now
    }
}

extension PrintMachine.Event {
    /// The event's name without its values.
    var name: String {
        switch self {
        case .began: "began"
        case .returned: "returned"
        case .heldUp: "heldUp"
        case .wentOn: "wentOn"
        case .confirmed: "confirmed"
        case .lostContact: "lostContact"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .requeued: "requeued"
        }
    }
}
