/// Why a simulator could not do what its owner asked.
public struct SimulatorError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable {
        /// The configuration is unusable.
        case invalidConfiguration
        /// The address cannot be listened on.
        case cannotListen
        /// The awaited event did not happen in time.
        case timedOut
        /// The simulator has stopped.
        case stopped
        /// The requested item is no longer kept.
        case notKept
        /// What it was asked to do breaks a rule.
        case refused
    }

    public let code: Code
    /// What happened and what was expected, in plain words.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { "\(code.rawValue): \(message)" }
}
