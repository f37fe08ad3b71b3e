import NIOCore

/// Looks at the address that a connection has really led to: a name may stand for any.
struct PeerRule: Sendable {
    let reach: FileReach

    /// Fails before a request is sent over the connection. Of an encrypted one the handshake has begun by then: it names the
    /// host, and nothing else.
    func check(_ channel: any Channel) -> EventLoopFuture<Void> {
        let loop = channel.eventLoop
        if let address = channel.remoteAddress, reach.allows(AddressReach(address)) {
            return loop.makeSucceededVoidFuture()
        }
        // Only after the client has given the connection up: it does not expect its end before.
        loop.execute { channel.close(promise: nil) }
        return loop.makeFailedFuture(ForbiddenPeer())
    }
}

struct ForbiddenPeer: Error {}
