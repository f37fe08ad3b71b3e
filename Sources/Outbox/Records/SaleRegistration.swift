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

    /// The job's own number.
    public let job: Int64
    public let provider: ServiceName
    public let machine: JobMachine
    /// When it became ready or was rejected, in counted time; nil while it is pending.
    public let endedAt: Date?

    public init(job: Int64, provider: ServiceName, machine: JobMachine, endedAt: Date? = nil) {
        self.job = job
        self.provider = provider
        self.machine = machine
        self.endedAt = endedAt
    }

    public var state: State { State(machine.state) }
    public var attempts: Int { machine.attempts }
    /// The QR's link; nil until it is ready.
    public var link: String? { machine.result }
    public var lastError: Failure? { machine.lastError }
    /// When it is tried again, in counted time.
    public var nextAttemptAt: Date? { machine.nextAttemptAt }
}
