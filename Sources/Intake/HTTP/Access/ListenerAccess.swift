import HTTPTypes
import Hummingbird

/// Who may use a listener.
public enum ListenerAccess: Sendable {
    /// The Unix socket: whom its mode and group admit.
    case local
    /// A network: everybody who knows a token.
    case network(NetworkCredentials)

    /// The sender of a request; nil if it is not admitted.
    func caller(of request: Request) -> Caller? {
        guard case .network(let keys) = self else { return .local }
        return keys.caller(authorization: request.headers[.authorization])
    }

    var tls: ListenerTLS? {
        if case .network(let keys) = self { keys.tls } else { nil }
    }

    var isNetwork: Bool {
        if case .network = self { true } else { false }
    }

    /// Whether staff can identify themselves here.
    var knowsStaff: Bool {
        if case .network(let keys) = self { keys.knowsStaff } else { true }
    }
}
