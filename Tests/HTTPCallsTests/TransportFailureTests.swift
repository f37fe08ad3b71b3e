import Foundation
import HTTPCalls
import NIOHTTP1
import TestNetwork
import Testing

/// Each way in which a call fails, played with real sockets and real TLS: whether a byte of the request can have left, and
/// the words.
@Suite(.timeLimit(.minutes(1))) struct TransportFailureTests {
    private typealias Cause = TransportFailure.Cause

    @Test("a port that nobody listens on refuses, and nothing was sent", arguments: ["127.0.0.1", "localhost"])
    func refused(host: String) async throws {
        let port = try FreePort.find()
        let failure = try await Calls.failure("https://\(host):\(port)/", Calls.options())
        #expect(failure?.cause == .refused)
        #expect(failure?.mayHaveActed == false)
        #expect(failure?.kind == .unreachable)
        #expect(failure?.message == "Not sent to Slime: \(host):\(port) refuses connections")
    }

    @Test("no route to the other side: nothing was sent")
    func noRoute() async throws {
        // A range for documents (RFC 3849), which is routed nowhere; a machine with a line that swallows it times out.
        let failure = try await Calls.failure("https://[2001:db8::1]/", Calls.options(timeout: .seconds(1)))
        #expect(
            failure.map { [Cause.noRoute, .noConnection].contains($0.cause) } == true,
            "\(String(describing: failure))")
        #expect(failure?.mayHaveActed == false)
    }

    @Test("a name that nobody knows: nothing was sent, and the words name it")
    func nameUnknown() async throws {
        let failure = try await Calls.failure("https://slime.invalid/", Calls.options())
        #expect(
            failure.map { [Cause.nameUnknown, .nameServiceSilent].contains($0.cause) } == true,
            "\(String(describing: failure))")
        #expect(failure?.mayHaveActed == false)
        #expect(failure?.message.contains("slime.invalid") == true)
    }

    @Test("a connection that is never made: nothing was sent")
    func connectTimeOut() async throws {
        try await FreePort.full { port in
            let failure = try await Calls.failure("https://127.0.0.1:\(port)/", Calls.options(timeout: .seconds(1)))
            #expect(failure?.cause == .noConnection)
            #expect(failure?.mayHaveActed == false)
        }
    }

    @Test(
        "a handshake that comes to nothing: nothing was sent",
        arguments: [
            (ScriptedServer.Script.resetAtFirstBytes, TransportFailure.Cause.hungUp), (.closeAtFirstBytes, .hungUp),
            (.closeAtOnce, .hungUp), (.silent, .noConnection),
            (.answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), .noEncryption),
        ])
    func handshake(script: ScriptedServer.Script, cause: TransportFailure.Cause) async throws {
        try await ScriptedServer.open(script) { server in
            let failure = try await Calls.failure(
                "https://localhost:\(server.port)/", Calls.options(timeout: .seconds(2)))
            #expect(failure?.cause == cause)
            #expect(failure?.mayHaveActed == false)
        }
    }

    @Test("a certificate of another host, as a captive portal shows it: nothing was sent, and the words say so")
    func otherHost() async throws {
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(.answer("HTTP/1.1 200 OK\r\n\r\n"), identity: authority.issue(.otherHost)) {
                server in
                let failure = try await Calls.failure(
                    "https://localhost:\(server.port)/", Calls.options(trusted: authority.certificate))
                #expect(failure?.cause == .untrusted(.otherHost))
                #expect(failure?.mayHaveActed == false)
                #expect(failure?.message.contains("is for another host: a captive portal") == true)
                #expect(server.received.isEmpty)
            }
        }
    }

    @Test("a certificate that has expired: nothing was sent, and the words name the day")
    func expired() async throws {
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(.silent, identity: authority.issue(.expired)) { server in
                let failure = try await Calls.failure(
                    "https://localhost:\(server.port)/", Calls.options(trusted: authority.certificate))
                guard case .untrusted(.expired)? = failure?.cause else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
                #expect(failure?.mayHaveActed == false)
                #expect(failure?.message.contains("expired on 20") == true)
                #expect(server.received.isEmpty)
            }
        }
    }

    @Test(
        "a certificate of an authority that is not known, and one signed by itself: nothing was sent, and the words name ca_file",
        arguments: [TestAuthority.Kind.good, .selfSigned])
    func unknownAuthority(kind: TestAuthority.Kind) async throws {
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(.silent, identity: authority.issue(kind)) { server in
                let failure = try await Calls.failure("https://localhost:\(server.port)/", Calls.options())
                #expect(failure?.cause == .untrusted(.unknownAuthority))
                #expect(failure?.mayHaveActed == false)
                #expect(failure?.message.contains("slime.ca_file") == true)
                #expect(server.received.isEmpty)
            }
        }
    }

    @Test(
        "what comes after the request may have been acted upon",
        arguments: [
            (ScriptedServer.Script.resetAtFirstBytes, TransportFailure.Cause.cut), (.closeAtFirstBytes, .cut),
            (.silent, .noAnswer), (.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), .noAnswer),
            (.answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), .cut),
            (.answer("SSH-2.0-OpenSSH_9.2\r\n\r\n"), .unreadable),
            (.answer("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"), .tooLong),
        ])
    func afterTheRequest(script: ScriptedServer.Script, cause: TransportFailure.Cause) async throws {
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(script, identity: authority.issue(.good)) { server in
                let failure = try await Calls.failure(
                    "https://localhost:\(server.port)/",
                    Calls.options(timeout: .seconds(1), trusted: authority.certificate))
                #expect(failure?.cause == cause)
                #expect(failure?.mayHaveActed == true)
                let kinds: [TransportFailure.Kind] = [.unanswered, .unintelligible, .tooLong]
                #expect(failure?.kind == kinds[cause == .unreadable ? 1 : cause == .tooLong ? 2 : 0])
                #expect(!server.received.isEmpty)
            }
        }
    }

    @Test("a request that is cut while it is sent may have been acted upon", arguments: [1, 100_000])
    func upload(bytes: Int) async throws {
        try await ScriptedServer.open(.resetAfter(bytes)) { server in
            let failure = try await Calls.failure(
                "http://localhost:\(server.port)/", Calls.options(), body: String(repeating: "x", count: 8 << 20))
            #expect(failure?.cause == .cut)
            #expect(failure?.mayHaveActed == true)
        }
    }

    @Test("an answer of a portal's is an answer: it came after the request")
    func portal() async throws {
        let redirect = "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.open(.answer(redirect)) { server in
            try await Calls.open(Calls.options()) { caller in
                let answer = try await caller.post("{}", to: "http://localhost:\(server.port)/", headers: [:])
                #expect(answer.status == 302)
            }
        }
    }

    @Test("a URL that cannot be called is the configuration's fault", arguments: ["", "slime", "https://"])
    func unusable(url: String) async throws {
        let failure = try await Calls.failure(url, Calls.options())
        #expect(failure?.cause == .unusable)
        #expect(failure?.mayHaveActed == false)
    }

    @Test("what is said to be unsent was never seen by the server, whenever connections and deadlines end")
    func neverSeen() async throws {
        try await TestAuthority.open { authority in
            let good = try await authority.issue(.good)
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
            try await ScriptedServer.open(.answerAndClose(answer), identity: good) { server in
                var unsent: [String] = []
                var outcomes: [String: Int] = [:]
                for round in 0..<40 {
                    // From too short for a handshake to ample, as fast or slow as the machine is.
                    let timeout = Duration.microseconds(200 << (round % 11))
                    try await Calls.open(Calls.options(timeout: timeout, trusted: authority.certificate)) { caller in
                        for number in 0..<8 {
                            let id = "<call-\(round)-\(number)>"
                            do throws(TransportFailure) {
                                _ = try await caller.post(id, to: "https://localhost:\(server.port)/", headers: [:])
                                outcomes["answered", default: 0] += 1
                            } catch {
                                outcomes[error.mayHaveActed ? "sent" : "unsent", default: 0] += 1
                                if !error.mayHaveActed { unsent.append(id) }
                            }
                        }
                    }
                }
                let seen = String(decoding: server.received, as: UTF8.self)
                #expect(unsent.allSatisfy { !seen.contains($0) })
                #expect(outcomes["unsent", default: 0] > 0 && outcomes["answered", default: 0] > 0, "\(outcomes)")
            }
        }
    }

    @Test("a file that holds no certificate in PEM is refused with its name and what to do")
    func noPEM() async throws {
        try await TestAuthority.open { authority in
            let key = try await authority.issue(.good).key
            for file in [key, "/etc/hostname", authority.folder.path, "/nowhere/at-all.pem"] {
                let error = #expect(throws: CertificateFileError.self) { try CertificateFile(path: file) }
                #expect(error?.message.contains(file) == true)
            }
        }
    }
}
