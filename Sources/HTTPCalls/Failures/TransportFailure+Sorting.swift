import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

// The one place that knows the errors of the libraries below. An error says what happened; the call's recorder knows
// better whether the request can have left. If the two disagree, or the error is unknown here, it may have.
extension TransportFailure {
    init(_ error: any Error, requestMayHaveLeft: Bool, target: CallTarget) {
        let cause = Self.cause(of: error, requestMayHaveLeft: requestMayHaveLeft, target)
        self.init(cause, mayHaveActed: requestMayHaveLeft || cause.isOfSending, target: target)
    }

    private static func cause(of error: any Error, requestMayHaveLeft: Bool, _ target: CallTarget) -> Cause {
        switch error {
        case let error as HTTPClientError: cause(of: error, requestMayHaveLeft)
        case let error as NIOConnectionError: cause(of: error, target)
        case is SocketAddressError, is SocketAddressError.UnknownHost: .nameUnknown
        case let error as NIOSSLExtraError:
            // The others are about names that no certificate can have.
            error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch
                ? .untrusted(.otherHost) : .noEncryption
        case let error as NIOSSLError: cause(of: error, requestMayHaveLeft)
        case let error as BoringSSLError: requestMayHaveLeft ? .cut : cause(of: error)
        case let error as IOError: cause(of: error, requestMayHaveLeft)
        case let error as ChannelError:
            if case .connectTimeout = error { .noConnection } else { requestMayHaveLeft ? .cut : .hungUp }
        case is ResponseAccumulator.ResponseTooBigError: .tooLong
        case let error as NIOHTTPDecompression.DecompressionError: error == .limit ? .tooLong : .unreadable
        case is NIOHTTPDecompression.ExtraDecompressionError: .unreadable
        // Before the request, only the proxy has answered.
        case let error as HTTPParserError: requestMayHaveLeft ? cause(of: error) : .proxyRefused(status: nil)
        case is CancellationError: .givenUp
        case is ForbiddenPeer: .forbidden
        // The error's text may quote the peer, so it is left out.
        default: .unknown(type: "\(type(of: error))")
        }
    }

    private static func cause(of error: HTTPClientError, _ requestMayHaveLeft: Bool) -> Cause {
        switch error {
        case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath, .invalidProxyConfiguration: .unusable
        case .alreadyShutdown, .cancelled: .givenUp
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: .noConnection
        case .httpProxyHandshakeTimeout: .proxyUnreachable
        case .proxyAuthenticationRequired: .proxyRefused(status: 407)
        case .invalidProxyResponse: .proxyRefused(status: nil)
        case .deadlineExceeded, .readTimeout, .writeTimeout: requestMayHaveLeft ? .noAnswer : .noConnection
        case .remoteConnectionClosed: requestMayHaveLeft ? .cut : .hungUp
        // The answer came before all of the request was sent, and the connection closed.
        case .requestStreamCancelled: .cut
        default: .unknown(type: error.shortDescription)
        }
    }

    private static func cause(of error: NIOConnectionError, _ target: CallTarget) -> Cause {
        let cause: Cause
        if let name = error.dnsAError ?? error.dnsAAAAError {
            // EAI_AGAIN: no name server that could know was reached (getaddrinfo(3)).
            let isSilent = (name as? SocketAddressError.UnknownHost)?.errorCode == Int(EAI_AGAIN)
            cause = isSilent ? .nameServiceSilent : .nameUnknown
        } else {
            let causes = error.connectionErrors.map { failure -> Cause in
                if let error = failure.error as? IOError { return Self.cause(of: error, false) }
                return .noConnection
            }
            // If one of several addresses refuses, the host is there.
            cause = causes.contains(.refused) ? .refused : causes.first ?? .noConnection
        }
        if let proxy = target.proxy, (error.host, error.port) == (proxy.host, proxy.port) { return .proxyUnreachable }
        return cause
    }

    private static func cause(of error: NIOSSLError, _ requestMayHaveLeft: Bool) -> Cause {
        if requestMayHaveLeft { return .cut }
        return switch error {
        case .handshakeFailed(let reason): cause(of: reason)
        case .noCertificateToValidate, .unableToValidateCertificate, .cannotMatchULabel: .untrusted(.otherHost)
        case .failedToLoadCertificate, .failedToLoadPrivateKey, .noSuchFilesystemObject: .unusable
        default: .hungUp
        }
    }

    private static func cause(of error: BoringSSLError) -> Cause {
        guard case .sslError(let stack) = error else { return .hungUp }
        if stack.contains(.eofDuringHandshake) { return .hungUp }
        // The library has no type for it. The text only chooses the message; nothing was sent either way.
        let isRefusal = stack.contains { $0.description.contains("CERTIFICATE_VERIFY_FAILED") }
        return isRefusal ? .untrusted(.unverified) : .noEncryption
    }

    private static func cause(of error: HTTPParserError) -> Cause {
        if case .invalidEOFState = error { .cut } else { .unreadable }
    }

    private static func cause(of error: IOError, _ requestMayHaveLeft: Bool) -> Cause {
        if requestMayHaveLeft { return .cut }
        return switch error.errnoCode {
        case ECONNREFUSED: .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: .noRoute
        case ETIMEDOUT: .noConnection
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN: .noRoom
        case ECONNRESET, ECONNABORTED, EPIPE, ENOTCONN: .hungUp
        default: .unknown(type: "errno \(error.errnoCode)")
        }
    }
}

extension TransportFailure.Cause {
    /// Whether the cause is about the time after the first byte, or unknown.
    fileprivate var isOfSending: Bool {
        switch self {
        case .noAnswer, .cut, .tooLong, .unreadable, .unknown: true
        default: false
        }
    }
}
