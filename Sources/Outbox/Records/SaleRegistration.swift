public import Foundation
public import Journey
public import Sales

/// The state of a sale at its provider: its one job of this kind, as a reader of the sale needs it.
public struct SaleRegistration: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case pending, ready, rejected

        /// Of the job.
        var job: JobMachine.State {
            switch self {
            case .pending: .pending
            case .ready: .done
            case .rejected: .rejected
            }
        }

        public init(_ job: JobMachine.State) {
            switch job {
            case .pending: self = .pending
            case .done: self = .ready
            case .rejected: self = .rejected
            }
        }
    }

    /// That its document is taken back. Times are as the machine's clock showed them.
    public enum Withdrawal: Sendable, Equatable {
        /// Staff want it; the service has not done it yet.
        case asked(at: Date)
        case done(at: Date)
    }

    /// The job's own number.
    public let job: Int64
    public let provider: ServiceName
    public let machine: JobMachine
    /// When it became ready or was rejected, in counted time; nil while it is pending.
    public let endedAt: Date?
    public let withdrawal: Withdrawal?

    public init(
        job: Int64, provider: ServiceName, machine: JobMachine, endedAt: Date? = nil, withdrawal: Withdrawal? = nil
    ) {
        self.job = job
        self.provider = provider
        self.machine = machine
        self.endedAt = endedAt
        self.withdrawal = withdrawal
    }

    public var state: State { State(machine.state) }
    public var attempts: Int { machine.attempts }
    /// The QR's link; nil until it is ready, and once its document is to be taken back: then it leads nowhere.
    public var link: String? { withdrawal == nil ? machine.result : nil }
    public var lastError: Failure? { machine.lastError }
    /// When it is tried again, in counted time.
    public var nextAttemptAt: Date? { machine.nextAttemptAt }
}
