import Foundation
import Host
import Intake
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct DoorListenerTests {
    private static let token = String(repeating: "0f", count: 32)
    private static let document = Array("%PDF-1.7 a supplier's invoice %%EOF".utf8)

    /// Opens a door at a loopback address that has one document.
    private func open(
        _ limits: DoorLimits = DoorLimits(), documents: DoorDocumentSource? = nil,
        _ body: (Int) async throws -> Void
    ) async throws {
        let descriptor = try TCPSocket.listen(host: "127.0.0.1", port: 0)
        let port = try Self.port(of: descriptor)
        let listener = DoorListener(
            descriptor: descriptor, certificate: DoorCertificate(nil), limits: limits,
            documents: documents ?? { token in
                token == Self.token ? DoorDocument(bytes: Self.document, mediaType: "application/pdf") : nil
            },
            logger: Logger(label: "door") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            defer { group.cancelAll() }
            try await body(port)
        }
    }

    private static func port(of descriptor: CInt) throws -> Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let outcome = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard outcome == 0 else { throw FixtureError("the door has no address") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Everything that comes until the door closes the connection.
    private func exchange(_ request: String, at port: Int) async throws -> String {
        let till = try await Till.connect(port: port)
        try await till.send(request)
        return String(decoding: await till.hear(for: .seconds(20)), as: UTF8.self)
    }

    private func get(_ target: String, _ method: String = "GET") -> String {
        "\(method) \(target) HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n"
    }

    @Test("a document is given to whoever knows its link, and nothing on the way keeps it") func document() async throws
    {
        try await open { port in
            let answer = try await exchange(get("/d/\(Self.token)"), at: port)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.contains("\r\nCache-Control: no-store\r\n"))
            #expect(answer.contains("\r\nContent-Type: application/pdf\r\n"))
            #expect(answer.contains("\r\nContent-Length: \(Self.document.count)\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n" + String(decoding: Self.document, as: UTF8.self)))
            let head = try await exchange(get("/d/\(Self.token)", "HEAD"), at: port)
            #expect(head.hasPrefix("HTTP/1.1 200"))
            #expect(head.contains("\r\nContent-Length: \(Self.document.count)\r\n"))
            #expect(head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test(
        "everything else is not found, and every answer is the same",
        arguments: [
            ("GET", "/d/" + String(repeating: "0e", count: 32)), ("GET", "/d/" + String(repeating: "0F", count: 32)),
            ("GET", "/d/" + String(token.dropLast())), ("GET", "/d/" + token + "0"), ("GET", "/d/" + token + "/"),
            ("GET", "/d/" + token + "?x"), ("GET", "/d/%30" + String(token.dropFirst())), ("GET", "/d/../d/" + token),
            ("GET", "//d/" + token), ("GET", "/D/" + token), ("POST", "/d/" + token), ("DELETE", "/d/" + token),
            ("OPTIONS", "/d/" + token), ("GET", "/"), ("GET", "/d/"), ("GET", "/healthz"), ("GET", "/readyz"),
            ("GET", "/metrics"), ("GET", "/v1/status"), ("GET", "/v1/sales"), ("GET", "/v1/events"),
            ("GET", "/v1/supplier-invoices"), ("GET", "/v1/openapi.json"), ("POST", "/v1/sales"),
            ("POST", "/v1/backup"), ("CONNECT", "example.com:443"),
        ] as [(String, String)])
    func nothingElse(method: String, target: String) async throws {
        try await open { port in
            let answer = try await exchange(get(target, method), at: port)
            #expect(answer.hasPrefix("HTTP/1.1 404"), "\(method) \(target): \(answer.prefix(200))")
            #expect(answer.contains("\r\nCache-Control: no-store\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
            #expect(!answer.contains("kamkap"))
        }
    }

    @Test("a document is asked for again with every request: after its end it is not found") func theEnd() async throws
    {
        let isOver = Atomic(false)
        let source: DoorDocumentSource = { _ in
            isOver.load(ordering: .sequentiallyConsistent)
                ? nil : DoorDocument(bytes: Self.document, mediaType: "image/png")
        }
        try await open(documents: source) { port in
            let before = try await exchange(get("/d/\(Self.token)"), at: port)
            #expect(before.hasPrefix("HTTP/1.1 200"))
            isOver.store(true, ordering: .sequentiallyConsistent)
            let after = try await exchange(get("/d/\(Self.token)"), at: port)
            #expect(after.hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test("no more documents are in memory at once than there are places; the next is told to come later")
    func places() async throws {
        var limits = DoorLimits()
        limits.documents = 1
        limits.waitLimit = .milliseconds(50)
        let (entered, mark) = AsyncStream.makeStream(of: Void.self)
        let (gate, gateOpener) = AsyncStream.makeStream(of: Void.self)
        let source: DoorDocumentSource = { _ in
            mark.yield()
            for await _ in gate { break }
            return DoorDocument(bytes: Self.document, mediaType: "image/png")
        }
        try await open(limits, documents: source) { port in
            let first = try await Till.connect(port: port)
            try await first.send(get("/d/\(Self.token)"))
            for await _ in entered { break }
            let second = try await exchange(get("/d/\(Self.token)"), at: port)
            #expect(second.hasPrefix("HTTP/1.1 503"))
            #expect(second.contains("\r\nRetry-After: 10\r\n"))
            gateOpener.yield()
            let answer = String(decoding: await first.hear(for: .seconds(20)), as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
    }
}
