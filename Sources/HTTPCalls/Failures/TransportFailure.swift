public import struct Foundation.Date

/// Why a call brought no answer, and whether the service can have acted on it all the same.
public struct TransportFailure: Error, Sendable, Equatable {
    public enum Cause: Sendable, Equatable {
        /// The call could not be made at all: a fault of the configuration.
        case unusable
        /// The caller was shut down, or its own side gave the call up.
        case givenUp

        case nameUnknown
        case nameServiceSilent
        case noRoute
        case refused
        /// No connection in time; this includes a handshake without an answer.
        case noConnection
        /// This machine has no room for another connection.
        case noRoom
        /// The other side closed the connection before the request.
        case hungUp
        /// It does not speak TLS, or no version that we support.
        case noEncryption
        case untrusted(Distrust)
        /// The other side has an address that a file's host must not have.
        case forbidden
        case proxyUnreachable
        /// The proxy did not open the tunnel; its status, if known.
        case proxyRefused(status: Int?)

        /// Perhaps sent, and not answered in time.
        case noAnswer
        /// Perhaps sent, and the connection was cut.
        case cut
        case tooLong
        /// An answer that is no HTTP, or packed in an unreadable way.
        case unreadable
        /// An error that this version does not know.
        case unknown(type: String)
    }

    /// What is wrong with a server's certificate.
    public enum Distrust: Sendable, Equatable {
        case otherHost
        case expired(Date)
        case notYetValid(Date)
        case unknownAuthority
        /// One of the last three; which one is not known.
        case unverified
    }

    public let cause: Cause
    /// Whether a byte of the request may have left. Nobody can have acted on a request that was not sent.
    public let mayHaveActed: Bool
    /// What happened and where to look. Names hosts and configuration keys, but nothing that was sent, answered or is
    /// secret.
    public let message: String

    init(_ cause: Cause, mayHaveActed: Bool, target: CallTarget) {
        self.cause = cause
        self.mayHaveActed = mayHaveActed
        message = Self.message(for: cause, mayHaveActed: mayHaveActed, target)
    }
}
