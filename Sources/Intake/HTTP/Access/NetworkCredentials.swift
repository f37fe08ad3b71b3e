import Synchronization

/// What proves tills on the network, and the gateway to them. It can be replaced while they are served.
public final class NetworkCredentials: Sendable {
    private let keys: Mutex<(token: BearerToken?, tls: ListenerTLS?)>

    /// - Parameters:
    ///   - token: nil to let in everybody, as the sandbox does.
    ///   - tls: nil to speak plainly.
    public init(token: BearerToken?, tls: ListenerTLS?) {
        keys = Mutex((token, tls))
    }

    /// Asked for with every request.
    var token: BearerToken? { keys.withLock(\.token) }

    /// For every new connection: those that are open stay with what they have.
    var tls: ListenerTLS? { keys.withLock(\.tls) }

    public func replace(by other: NetworkCredentials) {
        let new = other.keys.withLock { $0 }
        keys.withLock { $0 = new }
    }
}
