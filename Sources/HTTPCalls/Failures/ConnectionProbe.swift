import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A second look at a connection that could not be made, for better words: which status a proxy refused with, and what is
/// wrong with a certificate. The client's errors do not say. No request is ever sent on it, and no more than one look a minute
/// is taken, however many calls fail.
final class ConnectionProbe: Sendable {
    private struct Memory {
        let cause: TransportFailure.Cause
        let finding: TransportFailure.Cause
        let at: ContinuousClock.Instant
    }

    private static let validity: Duration = .seconds(60)
    /// However much of a call's time is left.
    private static let longest: Duration = .seconds(2)

    private let loop: any EventLoop
    private let proxy: HTTPProxy?
    private let memory = Mutex<Memory?>(nil)

    init(loop: any EventLoop, proxy: HTTPProxy?) {
        self.loop = loop
        self.proxy = proxy
    }

    /// The same failure, told more closely where a look can.
    func explained(_ failure: TransportFailure, of target: CallTarget, within limit: Duration) async -> TransportFailure
    {
        switch failure.cause {
        case .untrusted(.unverified), .proxyRefused(status: nil): break
        default: return failure
        }
        guard !failure.mayHaveActed, !Task.isCancelled else { return failure }
        let known = memory.withLock { $0 }
        let finding: TransportFailure.Cause
        if let known, known.cause == failure.cause, ContinuousClock.now - known.at < Self.validity {
            finding = known.finding
        } else {
            let found = try? await look(at: target, within: min(limit, Self.longest)).get()
            // Both may have changed meanwhile: what is found must be of the same kind.
            finding = found.flatMap { $0.isCloser(than: failure.cause) ? $0 : nil } ?? failure.cause
            memory.withLock { $0 = Memory(cause: failure.cause, finding: finding, at: .now) }
        }
        return TransportFailure(finding, mayHaveActed: false, target: target)
    }

    /// What is found; fails where nothing is.
    private func look(at target: CallTarget, within limit: Duration) -> EventLoopFuture<TransportFailure.Cause> {
        let found = loop.makePromise(of: TransportFailure.Cause.self)
        guard limit > .zero, target.isEncrypted || proxy != nil else {
            found.fail(ChannelError.connectTimeout(.zero))
            return found.futureResult
        }
        let time = TimeAmount.nanoseconds(limit.nanoseconds)
        let proxy = proxy
        ClientBootstrap(group: loop).connectTimeout(time).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                if let proxy {
                    try ConnectHandler.add(to: channel, target: target, proxy: proxy, found: found)
                } else {
                    try Self.addTLS(to: channel, target: target, found: found)
                }
            }
        }.connect(host: proxy?.host ?? target.host, port: proxy?.port ?? target.port).whenComplete { outcome in
            switch outcome {
            case .success(let channel):
                let end = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
                channel.closeFuture.whenComplete { _ in
                    end.cancel()
                    found.fail(ChannelError.eof)
                }
                found.futureResult.whenComplete { _ in channel.close(promise: nil) }
            case .failure(let error):
                found.fail(error)
            }
        }
        return found.futureResult
    }

    /// Shakes hands as far as the certificates, and refuses them.
    static func addTLS(
        to channel: any Channel, target: CallTarget, found: EventLoopPromise<TransportFailure.Cause>
    ) throws {
        let isAddress = (try? SocketAddress(ipAddress: target.host, port: 0)) != nil
        let handler = try NIOSSLClientHandler(
            context: NIOSSLContext(configuration: .makeClientConfiguration()),
            serverHostname: isAddress ? nil : target.host,
            customVerificationCallback: { certificates, verdict in
                found.succeed(.untrusted(distrust(of: certificates, at: Date())))
                verdict.succeed(.failed)
            })
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    /// Of certificates that were not trusted.
    static func distrust(of certificates: [NIOSSLCertificate], at now: Date) -> TransportFailure.Distrust {
        let spans = certificates.map {
            (
                from: Date(timeIntervalSince1970: TimeInterval($0.notValidBefore)),
                to: Date(timeIntervalSince1970: TimeInterval($0.notValidAfter))
            )
        }
        if let expired = spans.first(where: { $0.to < now }) { return .expired(expired.to) }
        if let early = spans.first(where: { $0.from > now }) { return .notYetValid(early.from) }
        return .unknownAuthority
    }
}

extension TransportFailure.Cause {
    fileprivate func isCloser(than other: Self) -> Bool {
        switch (self, other) {
        case (.untrusted, .untrusted), (.proxyRefused, .proxyRefused): true
        default: false
        }
    }
}
