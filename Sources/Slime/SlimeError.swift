import HTTPCalls

public import struct Foundation.Date

/// Why a call to Slime returned no data.
public struct SlimeError: Error, Sendable {
    public enum Kind: Sendable, Equatable {
        /// No connection: nothing was sent.
        case unreachable
        /// The other side's certificate is not trusted: nothing was sent.
        case untrusted
        /// The proxy did not open the tunnel: nothing was sent.
        case proxyFailed
        /// Perhaps sent, and not answered in time or at all.
        case unanswered
        /// An HTTP status that the API does not have.
        case unexpectedStatus(Int)
        /// A body that is not the documented JSON.
        case unintelligible
        /// Slime's documented refusal.
        case exception(SlimeException)
        /// The request could not be made at all: a fault of the configuration.
        case unusable
    }

    public let kind: Kind
    /// A plain message; it may quote the provider, and so what was sent: not for a log.
    public let message: String
    /// How long the server asked us to wait.
    public let retryAfter: Duration?
    /// The server's clock when it answered.
    public let serverDate: Date?

    public init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil, serverDate: Date? = nil) {
        self.kind = kind
        self.message = message
        self.retryAfter = retryAfter
        self.serverDate = serverDate
    }

    /// Whether Slime may have acted on the request although we have no answer of its own.
    public var mayHaveActed: Bool {
        switch kind {
        case .unreachable, .untrusted, .proxyFailed, .unusable: false
        case .unanswered, .unexpectedStatus, .unintelligible: true
        case .exception(let exception): exception.meaning == .unknown
        }
    }

    /// Whether Slime itself refused, in its documented form.
    public var isException: Bool {
        if case .exception = kind { true } else { false }
    }

    /// For logs and `last_error`: Slime's code, or ours in the same style.
    public var code: String {
        switch kind {
        case .unreachable: "Gateway::Unreachable"
        case .untrusted: "Gateway::Untrusted"
        case .proxyFailed: "Gateway::ProxyFailed"
        case .unanswered: "Gateway::Unanswered"
        case .unexpectedStatus(let status): "HTTP::\(status)"
        case .unintelligible: "Gateway::Unintelligible"
        case .exception(let exception): exception.code.text
        case .unusable: "Gateway::Unusable"
        }
    }
}

extension SlimeError {
    init(_ failure: TransportFailure) {
        let kind: Kind =
            switch failure.kind {
            case .unreachable: .unreachable
            case .untrusted: .untrusted
            case .proxyFailed: .proxyFailed
            case .unanswered: .unanswered
            case .unintelligible, .tooLong: .unintelligible
            case .unusable: .unusable
            }
        self.init(kind, failure.message)
    }
}
