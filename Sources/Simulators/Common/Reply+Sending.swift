import HTTPTypes
import HummingbirdCore
import NIOCore
import ServiceLifecycle

extension Reply {
    /// Thrown to close a connection in the middle.
    private struct ConnectionDropped: Error {}

    private static let block = ByteBuffer(repeating: 0x20, count: 64 << 10)

    /// Puts the answer on the network, or does to it there what it has to meet.
    func send(by writer: consuming ResponseWriter, withBody: Bool) async throws {
        if let delay {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: delay) }
        }
        switch delivery {
        case .whole:
            let sent = withBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: body)) : ResponseBody()
            try await writer.write(response: head(), body: sent)
        case .lost:
            throw ConnectionDropped()
        case .cutShort:
            var stream = try await writer.writeHead(head())
            try await stream.write(ByteBuffer(bytes: body.prefix(body.count / 2)))
            throw ConnectionDropped()
        case .drip:
            var stream = try await writer.writeHead(head())
            for byte in body {
                try await stream.write(ByteBuffer(bytes: CollectionOfOne(byte)))
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(200)) }
            }
            try await stream.finish(nil)
        case .endless:
            var stream = try await writer.writeHead(head(hasEnd: false))
            try await stream.write(ByteBuffer(bytes: body))
            while !Task.isCancelled, !Task.isShuttingDownGracefully { try await stream.write(Self.block) }
            throw ConnectionDropped()
        }
    }

    private func head(hasEnd: Bool = true) -> HTTPResponse {
        var head = HTTPResponse(status: .init(code: status))
        head.headerFields[.contentType] = contentType
        if hasEnd { head.headerFields[.contentLength] = String(body.count) }
        head.headerFields[.contentEncoding] = coding
        head.headerFields[.date] = date
        head.headerFields[.location] = location
        head.headerFields[.eTag] = entityTag
        head.headerFields[.retryAfter] = retryAfter.map { String(Int(($0 / .seconds(1)).rounded(.up))) }
        return head
    }
}
