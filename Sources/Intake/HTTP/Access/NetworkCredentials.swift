import Synchronization

/// What proves callers on the network, and the gateway to them. It can be replaced while they are served.
public final class NetworkCredentials: Sendable {
    private struct Keys {
        var token: BearerToken?
        var staffToken: BearerToken?
        var tls: ListenerTLS?
    }

    private let keys: Mutex<Keys>

    /// - Parameters:
    ///   - token: the tills'; nil to take everybody for staff, as the sandbox does.
    ///   - staffToken: nil where nobody is staff over the network.
    ///   - tls: nil to speak plainly.
    public init(token: BearerToken?, staffToken: BearerToken? = nil, tls: ListenerTLS?) {
        keys = Mutex(Keys(token: token, staffToken: staffToken, tls: tls))
    }

    /// Who has sent a request with this header; nil for nobody who is known. Asked with every request.
    func caller(authorization: String?) -> Caller? {
        let keys = keys.withLock { $0 }
        guard let tills = keys.token else { return .staff }
        guard let given = BearerToken(authorization: authorization) else { return nil }
        if let staff = keys.staffToken, given == staff { return .staff }
        return given == tills ? .till : nil
    }

    var knowsStaff: Bool { keys.withLock { $0.token == nil || $0.staffToken != nil } }

    /// For every new connection: those that are open stay with what they have.
    var tls: ListenerTLS? { keys.withLock(\.tls) }

    public func replace(by other: NetworkCredentials) {
        let new = other.keys.withLock { $0 }
        keys.withLock { $0 = new }
    }
}
