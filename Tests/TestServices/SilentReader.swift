public import Foundation
public import RemoteServices
public import Sales

/// A reader of slips that says nothing: whatever it is asked for stays owed.
public struct SilentReader: RemoteService {
    public let name = ServiceName(rawValue: "scanlyiq")
    public let title = "Silent"
    public let clockDrift: TimeInterval = 0
    public let lastTime: ServiceTime? = nil

    private static let silence = ServiceFailure(code: "Silent::Nothing", message: "nothing", disposition: .retry)

    public init() {}

    public func begin(_ job: OwedJob) async -> StepOutcome { .failed(Self.silence) }
    public func follow(_ job: OwedJob) async -> StepOutcome { .failed(Self.silence) }
    public func probe() async -> ServiceFailure? { nil }
    public func probeReveals(_ code: String) -> Bool { true }
    public func advice(for code: String?) -> String { "Wait" }
    public func shutdown() async {}
}
