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

    /// For metrics: the words of the other calls.
    public var outcome: String {
        switch kind {
        case .forbidden: "forbidden"
        case .tooLong: "unintelligible"
        case .status: "status"
        case .transport(let cause):
            switch cause {
            case .untrusted: "untrusted"
            case .proxyRefused, .proxyUnreachable: "proxy"
            case .noAnswer, .cut, .unknown: "unanswered"
            case .unreadable, .tooLong: "unintelligible"
            case .unusable: "unusable"
            case .forbidden: "forbidden"
            case .givenUp, .nameUnknown, .nameServiceSilent, .noRoute, .refused, .noConnection, .noRoom, .hungUp,
                .noEncryption:
                "unreachable"
            }
        }
    }

    /// What it is called, for staff: it says nothing of the service that named the location.
    public var code: String {
        switch kind {
        case .forbidden: "File::Forbidden"
        case .tooLong: "File::TooLong"
        case .status(let status): "File::\(status)"
        case .transport: "File::NotFetched"
        }
    }

    /// Whether the file, or its location, is at fault: asking again would bring the same.
    public var isOfTheFile: Bool {
        switch kind {
        case .forbidden, .tooLong: true
        // The location may have expired meanwhile, or the host may be busy.
        case .status, .transport: false
        }
    }
}
