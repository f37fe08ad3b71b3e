import HTTPCalls

/// Why a call to ScanlyIQ brought no documented answer.
struct ScanlyIQError: Error, Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// We have made as many calls as we may: nothing was sent.
        case limited
        /// No connection: nothing was sent.
        case unreachable
        /// The other side's certificate is not trusted: nothing was sent.
        case untrusted
        /// The proxy did not open the tunnel: nothing was sent.
        case proxyFailed
        /// Perhaps sent, and not answered in time or at all.
        case unanswered
        /// Success, with a body that is not the documented JSON.
        case unintelligible
        /// A job was made, and the answer does not say which.
        case withoutJobID
        /// Any other status.
        case status(Int)
        /// The request could not be made at all: a fault of the configuration.
        case unusable
    }

    let kind: Kind
    /// A plain message; it may quote the answer: not for a log.
    let message: String
    /// How long to wait before the next try, as the server or our own limits say.
    let retryAfter: Duration?

    init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil) {
        self.kind = kind
        self.message = message
        self.retryAfter = retryAfter
    }

    static let withoutJobID = "ScanlyIQ::NoJobID"

    /// For logs and `last_error`.
    var code: String {
        switch kind {
        case .limited: "Gateway::CallLimit"
        case .unreachable: "Gateway::Unreachable"
        case .untrusted: "Gateway::Untrusted"
        case .proxyFailed: "Gateway::ProxyFailed"
        case .unanswered: "Gateway::Unanswered"
        case .unintelligible: "Gateway::Unintelligible"
        case .withoutJobID: Self.withoutJobID
        case .status(let status): Self.meaningful.contains(status) ? "ScanlyIQ::\(status)" : "HTTP::\(status)"
        case .unusable: "Gateway::Unusable"
        }
    }

    /// The statuses that are taken for ScanlyIQ's own word: those of the page, and those by which servers refuse a file.
    private static let meaningful: Set = [400, 401, 402, 403, 404, 413, 415, 422, 429]

    /// For metrics.
    var outcome: String {
        switch kind {
        case .limited: "limited"
        case .unreachable: "unreachable"
        case .untrusted: "untrusted"
        case .proxyFailed: "proxy"
        case .unanswered: "unanswered"
        case .unintelligible, .withoutJobID: "unintelligible"
        case .status(let status): Self.meaningful.contains(status) ? "refused" : "status"
        case .unusable: "unusable"
        }
    }
}

extension ScanlyIQError {
    init(_ failure: TransportFailure) {
        let kind: Kind =
            switch failure.cause {
            case .unusable: .unusable
            case .untrusted: .untrusted
            case .proxyRefused, .proxyUnreachable: .proxyFailed
            case .tooLong, .unreadable: .unintelligible
            default: failure.mayHaveActed ? .unanswered : .unreachable
            }
        // A request that may have left does not become unsent by the code it gets.
        let isContrary = failure.mayHaveActed && [.unusable, .untrusted, .proxyFailed].contains(kind)
        self.init(isContrary ? .unanswered : kind, failure.message)
    }
}
