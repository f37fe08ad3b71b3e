public import Foundation

/// A printer's state by its last report.
public struct PrinterCondition: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// Not asked yet, or a printer that never answers.
        case unknown
        case ready
        /// Prints, but needs something soon: paper is near its end.
        case attention
        /// Says that it cannot print.
        case unable
        /// Cannot be reached.
        case unreachable
    }

    public enum Sensor: Sendable, CaseIterable {
        case online, paperNearEnd, paperEnd, coverOpen, cutterError, otherError
    }

    public let name: String
    /// As configured; holds no secret.
    public let device: String
    public let widthInDots: Int
    public let state: State
    /// "out of paper", or why it cannot be reached; nil if there is nothing to say.
    public let detail: String?
    /// Since when it is in this state, as the machine's clock showed it.
    public let since: Date
    /// What each sensor reports; an unknown one is missing.
    public var sensors: [Sensor: Bool] = [:]

    public init(
        name: String, device: String, widthInDots: Int, state: State, detail: String?, since: Date
    ) {
        self.name = name
        self.device = device
        self.widthInDots = widthInDots
        self.state = state
        self.detail = detail
        self.since = since
    }
}
