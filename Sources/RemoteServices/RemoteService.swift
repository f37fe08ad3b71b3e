public import Foundation
public import Sales

/// A service outside that owes something to sales.
///
/// It makes requests, reads answers and says what they mean. It decides nothing that concerns more than one job, keeps
/// nothing on disk and runs no loop: a job worker does that for every service.
public protocol RemoteService: Sendable {
    /// Its name in the database and on the wire.
    var name: ServiceName { get }
    /// Its name for people.
    var title: String { get }

    /// The step that may make the service act. It is recorded before it is sent.
    ///
    /// With ``OwedJob/mayHaveActed`` an earlier attempt may have got through: a service that cannot tell a repeat looks first.
    func begin(_ job: OwedJob) async -> StepOutcome
    /// For a service that cannot tell a repeat: how long a job is left alone after an attempt of unknown end, before it is
    /// looked for. Its lists may be late. Nil: it tells a repeat by itself.
    var settling: Duration? { get }
    /// Whether the next ``begin(_:)`` makes the service do nothing that counts: a stop may cut it off.
    func onlyPrepares(_ job: OwedJob) -> Bool
    /// Said before any step, if the gateway before this one was killed while calls were under way: what they made may not
    /// show yet.
    func resumeAfterInterruption() async
    /// The step that asks for the result. It is safe to repeat.
    func follow(_ job: OwedJob) async -> StepOutcome
    /// Asks the service about the account; nil if all is well.
    func probe() async -> ServiceFailure?
    /// Whether ``probe()`` shows that an account held for this code is well again. If not, only a job shows it.
    func probeReveals(_ code: String) -> Bool
    /// What staff do about a refusal with this code; nil for a refusal without one.
    func advice(for code: String?) -> String

    /// Seconds by which the service's clock is ahead of ours; 0 while it has not complained.
    var clockDrift: TimeInterval { get }
    /// The service's clock, by an answer; nil for a service that does not report it, or that runs on this machine.
    var lastTime: ServiceTime? { get }
    func shutdown() async throws
}

extension RemoteService {
    public var settling: Duration? { nil }
    public func onlyPrepares(_: OwedJob) -> Bool { false }
    public func resumeAfterInterruption() async {}
}

/// What a service's clock showed, and how long ago.
public struct ServiceTime: Sendable {
    public let date: Date
    public let age: Duration

    public init(date: Date, age: Duration) {
        self.date = date
        self.age = age
    }
}
