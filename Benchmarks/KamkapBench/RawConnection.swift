import Foundation

/// A blocking connection to a Unix socket, without any client library's cost.
final class RawConnection {
    let descriptor: CInt

    init(socket path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchmarkError("no socket: \(String(cString: strerror(errno)))") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw BenchmarkError("the socket's path is too long: \(path)")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            throw BenchmarkError("\(path) is not answered: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { rest in
                Foundation.send(
                    descriptor, rest.baseAddress.map { $0 + sent }, rest.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw BenchmarkError("cannot send: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// The status of a GET, with its body.
    func get(_ path: String) throws -> (status: Int, body: [UInt8]) {
        try send(Array("GET \(path) HTTP/1.1\r\nHost: pos\r\n\r\n".utf8))
        var answer = RawAnswer()
        while true {
            try answer.read(from: self)
            let body = answer.body
            if let status = answer.take() { return (status, body) }
        }
    }
}

/// An incoming HTTP/1.1 answer; it only looks at status and length.
struct RawAnswer {
    private var bytes: [UInt8] = []
    private var expected: (head: Int, whole: Int)?
    private var buffer = [UInt8](repeating: 0, count: 16_384)

    mutating func read(from connection: RawConnection) throws {
        let room = buffer.count
        let count = buffer.withUnsafeMutableBytes { recv(connection.descriptor, $0.baseAddress, room, 0) }
        guard count > 0 else { throw BenchmarkError("the connection was closed in the middle of an answer") }
        bytes.append(contentsOf: buffer[..<count])
        if expected == nil { expected = Self.measure(bytes) }
    }

    var body: [UInt8] { expected.map { Array(bytes[min($0.head, bytes.count)...]) } ?? [] }

    /// The status of an answer that is complete, and room for the next.
    mutating func take() -> Int? {
        guard let expected, bytes.count >= expected.whole else { return nil }
        // "HTTP/1.1 201"
        let status = bytes[9..<12].reduce(0) { $0 * 10 + Int($1) - 48 }
        bytes.removeFirst(expected.whole)
        self.expected = nil
        return status
    }

    /// Where the head and the whole answer end; nil while the head is not there.
    private static func measure(_ bytes: [UInt8]) -> (head: Int, whole: Int)? {
        guard let blank = place(of: "\r\n\r\n", in: bytes) else { return nil }
        let head = blank + 4
        // "Content-Length" in either spelling; an answer without one has no body.
        guard let length = place(of: "ength: ", in: bytes), length < head else { return (head, head) }
        let body = bytes[(length + 7)...].prefix { (48...57).contains($0) }.reduce(0) { $0 * 10 + Int($1) - 48 }
        return (head, head + body)
    }

    private static func place(of text: StaticString, in bytes: [UInt8]) -> Int? {
        text.withUTF8Buffer { text in
            bytes.withUnsafeBufferPointer { bytes in
                (0..<max(0, bytes.count - text.count + 1)).first { start in
                    bytes[start] == text[0] && (1..<text.count).allSatisfy { bytes[start + $0] == text[$0] }
                }
            }
        }
    }
}
