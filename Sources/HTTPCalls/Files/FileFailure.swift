/// Why a file was not fetched.
public struct FileFailure: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Its location, or one that it leads to, may not be called.
        case forbidden
        /// Its host answered with another status than 200.
        case status(Int)
        /// It is longer than asked for.
        case tooLong
        case transport(TransportFailure.Cause)
    }

    public let kind: Kind
    /// What happened, without any part of the location.
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
