public import Foundation

/// How a printer is, as it last said of itself.
public struct PrinterCondition: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        /// Not asked yet, or a printer that says nothing.
        case unknown
        case ready
        /// Prints, but wants something soon: paper is near its end.
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
    /// "out of paper", or why it cannot be reached; nil where there is nothing to say.
    public let detail: String?
    /// Since when the state is so, as the machine's clock showed it.
    public let since: Date
    /// What each sensor says; one that is not known is missing.
    public let sensors: [Sensor: Bool]

    public init(
        name: String, device: String, widthInDots: Int, state: State, detail: String?, since: Date,
        sensors: [Sensor: Bool]
    ) {
        self.name = name
        self.device = device
        self.widthInDots = widthInDots
        self.state = state
        self.detail = detail
        self.since = since
        self.sensors = sensors
    }
}
