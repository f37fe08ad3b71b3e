import Synchronization

/// What identifies callers on the network to the gateway, and the gateway to them. It can be replaced while they are
/// served.
public final class NetworkCredentials: Sendable {
    private struct Keys {
        var token: BearerToken?
        var staffToken: BearerToken?
        var tls: ListenerTLS?
    }

    private let keys: Mutex<Keys>

    /// - Parameters:
    ///   - token: the tills'; nil to treat everybody as staff, as the sandbox does.
    ///   - staffToken: nil if nobody is staff over the network.
    ///   - tls: nil for plain text.
    public init(token: BearerToken?, staffToken: BearerToken? = nil, tls: ListenerTLS?) {
        keys = Mutex(Keys(token: token, staffToken: staffToken, tls: tls))
    }

    /// The sender of a request with this header; nil if it is unknown. Checked with every request.
    func caller(authorization: String?) -> Caller? {
        let keys = keys.withLock { $0 }
        guard let tills = keys.token else { return .staff }
        guard let given = BearerToken(authorization: authorization) else { return nil }
        if let staff = keys.staffToken, given == staff { return .staff }
        return given == tills ? .till : nil
    }

    var knowsStaff: Bool { keys.withLock { $0.token == nil || $0.staffToken != nil } }

    /// For every new connection; open ones keep theirs.
    var tls: ListenerTLS? { keys.withLock(\.tls) }

    public func replace(by other: NetworkCredentials) {
        let new = other.keys.withLock { $0 }
        keys.withLock { $0 = new }
    }
}
