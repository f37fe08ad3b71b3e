import HTTPCalls

/// Why a call brought no documented answer.
struct OCRInvoiceError: Error, Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// No connection: nothing was sent.
        case unreachable
        /// The other side's certificate is not trusted: nothing was sent.
        case untrusted
        /// The proxy did not open the tunnel: nothing was sent.
        case proxyFailed
        /// Perhaps sent, and not answered in time or at all.
        case unanswered
        /// A status that says success, with a body that is not the documented envelope.
        case unintelligible
        /// Longer than is read.
        case tooLong
        /// A status that says success, with `"success": false` in the envelope.
        case refused
        /// Any other status. The page documents none.
        case status(Int)
        /// The request could not be made at all: a fault of the configuration.
        case unusable
    }

    let kind: Kind
    /// A plain message; it may quote the service's: not for a log.
    let message: String
    /// The same without the service's words: fit for what is not about one document.
    let plain: String
    /// How long the server asked us to wait.
    let retryAfter: Duration?

    /// - Parameter words: the service's own.
    init(_ kind: Kind, _ plain: String, words: String = "", retryAfter: Duration? = nil) {
        self.kind = kind
        self.plain = plain
        message = words.isEmpty ? plain : "\(plain): \(words)"
        self.retryAfter = retryAfter
    }

    /// For logs and `last_error`.
    var code: String {
        switch kind {
        case .unreachable: "Gateway::Unreachable"
        case .untrusted: "Gateway::Untrusted"
        case .proxyFailed: "Gateway::ProxyFailed"
        case .unanswered: "Gateway::Unanswered"
        case .unintelligible, .tooLong: "Gateway::Unintelligible"
        case .refused: "OCRInvoice::Refused"
        case .status(let status): Self.meaningful.contains(status) ? "OCRInvoice::\(status)" : "HTTP::\(status)"
        case .unusable: "Gateway::Unusable"
        }
    }

    /// The statuses that are taken for the service's own word on the call.
    static let meaningful: Set = [400, 401, 402, 403, 404, 409, 410, 413, 415, 422]

    /// For metrics.
    var outcome: String {
        switch kind {
        case .unreachable: "unreachable"
        case .untrusted: "untrusted"
        case .proxyFailed: "proxy"
        case .unanswered: "unanswered"
        case .unintelligible, .tooLong: "unintelligible"
        case .refused: "refused"
        case .status(let status): Self.meaningful.contains(status) ? "refused" : "status"
        case .unusable: "unusable"
        }
    }

    /// Whether the same call may soon go well.
    var mayPass: Bool { [.unanswered, .status(429), .status(502), .status(503), .status(504)].contains(kind) }

    /// Whether the service says that it has no such job.
    var saysGone: Bool { kind == .status(404) || kind == .status(410) }
}

extension OCRInvoiceError {
    init(_ failure: TransportFailure) {
        let kind: Kind =
            switch failure.kind {
            case .unreachable: .unreachable
            case .untrusted: .untrusted
            case .proxyFailed: .proxyFailed
            case .unanswered: .unanswered
            case .unintelligible: .unintelligible
            case .tooLong: .tooLong
            case .unusable: .unusable
            }
        self.init(kind, failure.message)
    }
}
