import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestNetwork
import Testing

@testable import HTTPCalls

/// Files over real sockets and real TLS.
@Suite(.timeLimit(.minutes(1))) struct FileFetcherTests {
    private static let token = "expires-in-1-minute-6e1f"
    private static let file = "%PDF-1.7 and the rest"

    private func fetch(
        _ location: String, atMost bytes: Int = 1 << 16, _ options: CallOptions, reach: FileReach = .worldAndThisMachine
    ) async throws -> Result<[UInt8], FileFailure> {
        let fetcher = FileFetcher(options, reach: reach)
        let result: Result<[UInt8], FileFailure>
        do { result = .success(try await fetcher.fetch(location, atMost: bytes)) } catch { result = .failure(error) }
        try await fetcher.shutdown()
        if case .failure(let failure) = result {
            // Whoever has a location has the file, and its host is nobody else's business either.
            for secret in [Self.token, "127.0.0.1", "localhost", "example"] {
                #expect(!failure.message.contains(secret), "\(failure.message)")
            }
        }
        return result
    }

    private func answer(_ body: String, length: Int? = nil) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: \(length ?? body.utf8.count)\r\n\r\n\(body)"
    }

    private func redirect(to target: String, status: Int = 302) -> String {
        "HTTP/1.1 \(status) Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n"
    }

    @Test("a file comes over TLS, unpacked and whole, and its host gets no more than the request")
    func whole() async throws {
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(.answer(answer(Self.file)), identity: authority.issue(.good)) { server in
                let location = "https://localhost:\(server.port)/\(Self.token)"
                let fetched = try await fetch(location, Calls.options(trusted: authority.certificate))
                #expect(try fetched.get() == Array(Self.file.utf8))
                let sent = String(decoding: server.received, as: UTF8.self)
                #expect(sent.hasPrefix("GET /\(Self.token) HTTP/1.1\r\n"))
                #expect(!sent.lowercased().contains("authorization") && !sent.lowercased().contains("cookie"))
            }
        }
    }

    @Test("one redirect is followed, and a second one is not", arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        try await ScriptedServer.open(.answer(answer(Self.file))) { last in
            let end = "http://127.0.0.1:\(last.port)/\(Self.token)"
            try await ScriptedServer.open(.answer(redirect(to: end, status: status))) { middle in
                let way = "http://127.0.0.1:\(middle.port)/"
                let fetched = try await fetch(way, Calls.options())
                #expect(try fetched.get() == Array(Self.file.utf8))
                try await ScriptedServer.open(.answer(redirect(to: way, status: status))) { first in
                    let failure = try await fetch("http://127.0.0.1:\(first.port)/", Calls.options()).failure
                    #expect(failure?.kind == .forbidden)
                    #expect(failure?.message.contains("leads on and on") == true)
                }
            }
        }
    }

    @Test(
        "a redirect to a file, to a socket, to plain http or to nowhere is not followed",
        arguments: [
            "file:///etc/passwd", "http+unix://%2Frun%2Fkamkap%2Fpos.sock/v1/status", "http://files.example/", "",
            "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "javascript:1",
            "https://a:b@files.example/",
        ])
    func badRedirects(target: String) async throws {
        try await ScriptedServer.open(.answer(redirect(to: target))) { server in
            let failure = try await fetch("http://127.0.0.1:\(server.port)/\(Self.token)", Calls.options()).failure
            // The empty one leads to itself.
            #expect(failure?.kind == .forbidden, "\(String(describing: failure))")
            #expect(failure?.message.hasPrefix("the file's host leads") == true)
        }
    }

    @Test("a host of this machine is not called for a service that is elsewhere, by name or by number")
    func ownMachine() async throws {
        try await ScriptedServer.open(.answer(answer(Self.file))) { server in
            for location in [
                "https://127.0.0.1:\(server.port)/", "https://localhost:\(server.port)/",
                "https://[::1]:\(server.port)/",
                "http://127.0.0.1:\(server.port)/",
            ] {
                let failure = try await fetch(location, Calls.options(), reach: .world).failure
                #expect(failure?.kind == .forbidden, "\(location)")
            }
            #expect(server.received.isEmpty)
        }
    }

    @Test("a name that turns out to lead to this machine is found out before a request is sent, each time")
    func ownMachineByName() async throws {
        try await ScriptedServer.open(.answer(answer(Self.file))) { server in
            let options = try Calls.options()
            let exchange = HTTPExchange(options, peers: PeerRule(reach: .world))
            let url = "http://127.0.0.1:\(server.port)/\(Self.token)"
            let target = CallTarget(url: url, options: options, subject: .file)
            for _ in 0..<3 {
                let request = try HTTPClient.Request(.GET, target, url: url, headers: [:])
                do throws(TransportFailure) {
                    _ = try await exchange.answer(
                        to: request, of: target, maximum: 100, by: options.timeout.deadline)
                    Issue.record("it was called")
                } catch {
                    #expect(error.cause == .forbidden)
                    #expect(!error.mayHaveActed)
                    #expect(!error.message.contains("127.0.0.1"))
                }
            }
            #expect(server.received.isEmpty)
            try await exchange.shutdown()
        }
    }

    @Test(
        "a file that does not come whole, or is too long, is none",
        arguments: [
            (
                ScriptedServer.Script.answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
                FileFailure.Kind.status(404)
            ),
            (.answer("HTTP/1.1 204 No Content\r\n\r\n"), .status(204)),
            (.answer("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n"), .tooLong),
            (.answer("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 70_000)), .tooLong),
            (.answer("HTTP/1.1 200 OK\r\n\r\n%PDF-1.7"), .transport(.noAnswer)),
            (.answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n%PDF-1.7"), .transport(.cut)),
            (
                .answerAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n%PDF-1.7\r\n"),
                .transport(.cut)
            ),
            (.closeAtFirstBytes, .transport(.cut)), (.silent, .transport(.noAnswer)),
            (.answer("SSH-2.0-OpenSSH_9.2\r\n\r\n"), .transport(.unreadable)),
        ])
    func broken(script: ScriptedServer.Script, kind: FileFailure.Kind) async throws {
        try await ScriptedServer.open(script) { server in
            let begun = ContinuousClock.now
            let failure = try await fetch(
                "http://127.0.0.1:\(server.port)/\(Self.token)",
                Calls.options(timeout: .seconds(1), maximumAnswer: 1 << 20)
            ).failure
            #expect(failure?.kind == kind, "\(String(describing: failure))")
            #expect(ContinuousClock.now - begun < .seconds(10))
        }
    }

    @Test("a file that unpacks to more than was asked for is not unpacked to its end")
    func bomb() async throws {
        // gzip of 256 KiB of zeros.
        let packed = try #require(Data(base64Encoded: Self.packedZeros))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
        try await ScriptedServer.open(.answerBytes(Array(head.utf8) + packed)) { server in
            let location = "http://127.0.0.1:\(server.port)/\(Self.token)"
            let (wide, narrow) = (try Calls.options(), try Calls.options(maximumAnswer: 1 << 10))
            #expect(try await fetch(location, atMost: 1 << 18, wide).get().count == 1 << 18)
            #expect(try await fetch(location, atMost: 1 << 17, wide).failure?.kind == .tooLong)
            #expect(try await fetch(location, narrow).failure?.kind == .tooLong)
        }
    }

    @Test("a host that cannot be reached or trusted is told without its name")
    func unreachable() async throws {
        let port = try FreePort.find()
        let refused = try await fetch("https://127.0.0.1:\(port)/\(Self.token)", Calls.options()).failure
        #expect(refused?.kind == .transport(.refused))
        #expect(refused?.message == "The file was not fetched: the file's host refuses connections")
        let unknown = try await fetch("https://\(Self.token).invalid/", Calls.options(timeout: .seconds(2))).failure
        #expect(unknown.map { [.transport(.nameUnknown), .transport(.nameServiceSilent)].contains($0.kind) } == true)
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(.silent, identity: authority.issue(.otherHost)) { server in
                let untrusted = try await fetch(
                    "https://localhost:\(server.port)/\(Self.token)", Calls.options(trusted: authority.certificate)
                ).failure
                #expect(untrusted?.kind == .transport(.untrusted(.otherHost)))
                #expect(server.received.isEmpty)
            }
        }
    }

    @Test("files come through the same proxy as calls")
    func proxy() async throws {
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(.answer(answer(Self.file)), identity: authority.issue(.good)) { server in
                try await TinyProxy.open { proxy in
                    let options = try Calls.options(
                        trusted: authority.certificate, proxy: HTTPProxy(host: "127.0.0.1", port: proxy.port))
                    let fetched = try await fetch("https://localhost:\(server.port)/\(Self.token)", options)
                    #expect(try fetched.get() == Array(Self.file.utf8))
                    let log = try String(contentsOf: proxy.log, encoding: .utf8)
                    #expect(log.contains("CONNECT localhost:\(server.port)"))
                }
            }
        }
    }

    private static let packedZeros = """
        H4sIAAAAAAACA+3BMQEAAADCoPVP7W0HoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA3gAi6g7iAAAEAA==
        """
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
