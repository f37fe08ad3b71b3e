import HTTPCalls

extension ObjectStoreError {
    init(_ failure: TransportFailure) {
        let (code, meaning): (String, Meaning) =
            switch failure.cause {
            case .unusable: ("Gateway::Unusable", .misconfigured)
            case .untrusted: ("Gateway::Untrusted", .retry)
            case .proxyRefused, .proxyUnreachable: ("Gateway::ProxyFailed", .retry)
            case .tooLong, .unreadable: ("Gateway::Unintelligible", .retry)
            default: (failure.mayHaveActed ? "Gateway::Unanswered" : "Gateway::Unreachable", .retry)
            }
        self.init(code, failure.message, meaning, mayHaveActed: failure.mayHaveActed)
    }
}
