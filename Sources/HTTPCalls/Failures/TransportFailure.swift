public import struct Foundation.Date

/// Why a call brought no answer, and whether the service can have acted on it all the same.
public struct TransportFailure: Error, Sendable, Equatable {
    public enum Cause: Sendable, Equatable {
        /// The call could not be made at all: a fault of the configuration.
        case unusable
        /// The caller was shut down, or the call given up by its own side.
        case givenUp

        case nameUnknown
        case nameServiceSilent
        case noRoute
        case refused
        /// No connection in time, be it for want of an answer in the handshake.
        case noConnection
        /// This machine has no room for another connection.
        case noRoom
        /// The other side hung up before the request.
        case hungUp
        /// It does not speak TLS, or none that we do.
        case noEncryption
        case untrusted(Distrust)
        case proxyUnreachable
        /// The proxy did not open the way; its status, where it is known.
        case proxyRefused(status: Int?)

        /// Sent, perhaps, and not answered in time.
        case noAnswer
        /// Sent, perhaps, and the connection cut.
        case cut
        case tooLong
        /// An answer that is no HTTP, or packed in a way that cannot be unpacked.
        case unreadable
        /// An error that is not known here.
        case unknown(type: String)
    }

    /// What is wrong with a server's certificate.
    public enum Distrust: Sendable, Equatable {
        case otherHost
        case expired(Date)
        case notYetValid(Date)
        case unknownAuthority
        /// One of the last three; which, is not known.
        case unverified
    }

    public let cause: Cause
    /// Whether a byte of the request may have left: what was not sent, nobody has acted on.
    public let mayHaveActed: Bool
    /// What happened and where to look. Names hosts and keys of the configuration; nothing that was sent, answered or is
    /// secret.
    public let words: String

    init(_ cause: Cause, mayHaveActed: Bool, target: CallTarget) {
        self.cause = cause
        self.mayHaveActed = mayHaveActed
        words = Self.words(for: cause, mayHaveActed: mayHaveActed, target)
    }
}
