extension TransportFailure {
    /// What a failure means for the call, whatever its cause.
    public enum Kind: Sendable, Equatable {
        /// No connection: nothing was sent.
        case unreachable
        /// The other side's certificate is not trusted: nothing was sent.
        case untrusted
        /// The proxy did not open the tunnel: nothing was sent.
        case proxyFailed
        /// Perhaps sent, and not answered in time or at all.
        case unanswered
        /// An answer that cannot be read.
        case unintelligible
        /// An answer that is longer than is read.
        case tooLong
        /// The request could not be made at all: a fault of the configuration.
        case unusable
    }

    public var kind: Kind {
        let kind: Kind =
            switch cause {
            case .unusable: .unusable
            case .untrusted: .untrusted
            case .proxyRefused, .proxyUnreachable: .proxyFailed
            case .tooLong: .tooLong
            case .unreadable: .unintelligible
            default: mayHaveActed ? .unanswered : .unreachable
            }
        // A request that may have left does not become unsent by the code it gets.
        let isContrary = mayHaveActed && [.unusable, .untrusted, .proxyFailed].contains(kind)
        return isContrary ? .unanswered : kind
    }
}
