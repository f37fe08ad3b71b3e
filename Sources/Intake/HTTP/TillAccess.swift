import HTTPTypes
import Hummingbird

/// Who is let in at a listener.
public enum TillAccess: Sendable {
    /// The Unix socket: whom its mode and group let in.
    case local
    /// A network: whoever knows the token; everybody where there is none, as in the sandbox.
    case network(token: BearerToken?, tls: TillTLS?)

    func admits(_ request: Request) -> Bool {
        switch self {
        case .local, .network(token: nil, _): true
        case .network(let token?, _): token.admits(request.headers[.authorization])
        }
    }

    var tls: TillTLS? {
        if case .network(_, let tls) = self { tls } else { nil }
    }

    var isNetwork: Bool {
        if case .network = self { true } else { false }
    }
}
