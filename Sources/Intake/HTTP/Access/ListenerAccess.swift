import HTTPTypes
import Hummingbird

/// Who is let in at a listener.
public enum ListenerAccess: Sendable {
    /// The Unix socket: whom its mode and group let in.
    case local
    /// A network: whoever knows a token.
    case network(NetworkCredentials)

    /// Who sends a request; nil for whoever is not let in.
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

    /// Whether staff can prove themselves here.
    var knowsStaff: Bool {
        if case .network(let keys) = self { keys.knowsStaff } else { true }
    }
}
