import HTTPTypes
import Hummingbird

/// Who is let in at a listener.
public enum ListenerAccess: Sendable {
    /// The Unix socket: whom its mode and group let in.
    case local
    /// A network: whoever knows the token.
    case network(NetworkCredentials)

    func admits(_ request: Request) -> Bool {
        guard case .network(let keys) = self, let token = keys.token else { return true }
        return token.admits(request.headers[.authorization])
    }

    var tls: ListenerTLS? {
        if case .network(let keys) = self { keys.tls } else { nil }
    }

    var isNetwork: Bool {
        if case .network = self { true } else { false }
    }
}
