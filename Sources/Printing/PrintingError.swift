/// What went wrong between us and a printer.
public struct PrintingError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The device's text is no device.
        case invalidDevice
        /// No contact could be made. The printer has taken nothing.
        case cannotConnect
        /// The printer says that it cannot print, or does not answer as before. It has taken nothing of the paper.
        case notReady
        /// Contact was made and then lost.
        case connectionLost
        /// The printer has stopped taking bytes.
        case stalled
        /// The printer did not say in time that the paper is out.
        case timedOut
        /// The print server ended the job, or began it again, before the paper was known to be out.
        case jobEnded
        /// The printer cannot do that over this connection. Trying again will not help.
        case unsupported
        /// The waiting task was cancelled.
        case cancelled
        /// The operating system refused.
        case system
    }

    public let code: Code
    /// What happened, what was expected, what to do; for people.
    public let message: String
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    public var description: String { message }
}
