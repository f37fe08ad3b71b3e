/// What a simulator could not do for whoever runs it.
public struct SimulatorError: Error, Sendable, CustomStringConvertible {
    /// What kind of thing went wrong.
    public enum Code: String, Sendable {
        /// The configuration cannot be worked with.
        case invalidConfiguration
        /// The address cannot be listened on.
        case cannotListen
        /// What was waited for did not happen in time.
        case timedOut
        /// The simulator has stopped.
        case stopped
        /// What was asked for is no longer kept.
        case notKept
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
