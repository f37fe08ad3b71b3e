import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

// The one place that knows the errors of the libraries below. They say what happened; whether the request can have left,
// the recorder of the call knows better. Where the two disagree, or the error is none that is known here, it may have.
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
            // The others are of names that no certificate can have.
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
        // Before the request only a proxy has been spoken to.
        case let error as HTTPParserError: requestMayHaveLeft ? cause(of: error) : .proxyRefused(status: nil)
        case is CancellationError: .givenUp
        // Its text may quote the peer and is left out.
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
        // It was answered before all of it was sent, and the connection closed.
        case .requestStreamCancelled: .cut
        default: .unknown(type: error.shortDescription)
        }
    }

    private static func cause(of error: NIOConnectionError, _ target: CallTarget) -> Cause {
        let cause: Cause
        if let name = error.dnsAError ?? error.dnsAAAAError {
            // EAI_AGAIN: nobody who could know was reached (getaddrinfo(3)).
            let isSilent = (name as? SocketAddressError.UnknownHost)?.errorCode == Int(EAI_AGAIN)
            cause = isSilent ? .nameServiceSilent : .nameUnknown
        } else {
            let causes = error.connectionErrors.map { failure -> Cause in
                if let error = failure.error as? IOError { return Self.cause(of: error, false) }
                return .noConnection
            }
            // One of several addresses refuses: somebody is there.
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
        // The library has no type for it. The text chooses words; that nothing was sent does not hang on it.
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
    /// Whether it is of what comes after the first byte, or of nobody knows what.
    fileprivate var isOfSending: Bool {
        switch self {
        case .noAnswer, .cut, .tooLong, .unreadable, .unknown: true
        default: false
        }
    }
}
