import Foundation
import HTTPCalls
import NIOHTTP1
import TestNetwork
import Testing

/// Ways out through a real proxy, and proxies that open none.
@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    private static let login = (user: "store", password: "s3cret-of-the-proxy")

    private static func line(_ login: (user: String, password: String)) -> ProxyLogin? {
        ProxyLogin(line: "\(login.user):\(login.password)")
    }

    @Test("a call goes through the proxy in TLS, with and without a login", arguments: [false, true])
    func through(hasLogin: Bool) async throws {
        try await TestAuthority.open { authority in
            try await ScriptedServer.open(.answer(Self.answer), identity: authority.issue(.good)) { server in
                try await TinyProxy.open(login: hasLogin ? Self.login : nil) { proxy in
                    let way = HTTPProxy(
                        host: "127.0.0.1", port: proxy.port, login: hasLogin ? Self.line(Self.login) : nil)
                    let options = try Calls.options(trusted: authority.certificate, proxy: way)
                    try await Calls.open(options) { caller in
                        let url = "https://localhost:\(server.port)/"
                        let answer = try await caller.post("{}", to: url, headers: [:])
                        #expect(answer.status == 200)
                    }
                    let log = try String(contentsOf: proxy.log, encoding: .utf8)
                    #expect(log.contains("CONNECT localhost:\(server.port)"), "\(log)")
                    // Neither the login nor anything of the call is for the other end.
                    let seen = String(decoding: server.received, as: UTF8.self)
                    #expect(seen.contains("POST / HTTP/1.1"))
                    #expect(!seen.lowercased().contains("proxy-authorization"))
                }
            }
        }
    }

    @Test(
        "a proxy that wants another login: nothing was sent, and the words say 407 and never the login",
        arguments: [false, true])
    func wrongLogin(givesLogin: Bool) async throws {
        try await TinyProxy.open(login: Self.login) { proxy in
            let login = givesLogin ? ProxyLogin(line: "store:wrong-s3cret") : nil
            let way = HTTPProxy(host: "127.0.0.1", port: proxy.port, login: login)
            let failure = try await Calls.failure("https://localhost:9/", Calls.options(proxy: way))
            // tinyproxy's word for a login that is wrong.
            let status = givesLogin ? "401 Unauthorized" : "407 Proxy Authentication Required"
            #expect(failure?.cause == .proxyRefused(status: givesLogin ? 401 : 407))
            #expect(failure?.mayHaveActed == false)
            #expect(failure?.message.contains("refused: \(status)") == true)
            #expect(failure?.message.contains("slime.proxy_login_file") == true)
            #expect(!"\(way) \(String(describing: login)) \(String(reflecting: way))".contains("wrong-s3cret"))
        }
    }

    @Test("a proxy that does not let through to this port: nothing was sent, and the words say 403")
    func forbidden() async throws {
        try await TinyProxy.open(connectPort: 9) { proxy in
            let way = HTTPProxy(host: "127.0.0.1", port: proxy.port)
            let failure = try await Calls.failure("https://localhost:8/", Calls.options(proxy: way))
            #expect(failure?.cause == .proxyRefused(status: 403))
            #expect(failure?.mayHaveActed == false)
            #expect(failure?.message.contains("127.0.0.1:\(proxy.port) refused: 403 Forbidden") == true)
        }
    }

    @Test("a proxy that cannot get there: nothing was sent, and the words give its status")
    func badGateway() async throws {
        let port = try FreePort.find()
        try await TinyProxy.open { proxy in
            let way = HTTPProxy(host: "127.0.0.1", port: proxy.port)
            let failure = try await Calls.failure("https://localhost:\(port)/", Calls.options(proxy: way))
            guard case .proxyRefused(let status?)? = failure?.cause else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect((500...504).contains(status))
            #expect(failure?.mayHaveActed == false)
        }
        let refusal = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
        try await ScriptedServer.open(.answer(refusal)) { proxy in
            let way = HTTPProxy(host: "127.0.0.1", port: proxy.port)
            let failure = try await Calls.failure("https://localhost:\(port)/", Calls.options(proxy: way))
            #expect(failure?.cause == .proxyRefused(status: 502))
            #expect(failure?.mayHaveActed == false)
        }
    }

    @Test(
        "a proxy that is not there, hangs, hangs up or speaks no HTTP: nothing was sent",
        arguments: [
            nil, .silent, .closeAtFirstBytes, .resetAtFirstBytes, .answer("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        ] as [ScriptedServer.Script?])
    func brokenProxy(script: ScriptedServer.Script?) async throws {
        let free = try FreePort.find()
        try await ScriptedServer.open(script ?? .silent) { server in
            let way = HTTPProxy(host: "127.0.0.1", port: script == nil ? free : server.port)
            let failure = try await Calls.failure(
                "https://slime.invalid/", Calls.options(timeout: .seconds(1), proxy: way))
            #expect(failure?.mayHaveActed == false, "\(String(describing: failure))")
            #expect(failure?.message.contains("127.0.0.1:\(way.port)") == true, "\(String(describing: failure))")
        }
    }

    @Test("what is behind the proxy is told apart from the proxy: a certificate of another host, one that has expired")
    func behind() async throws {
        try await TestAuthority.open { authority in
            try await TinyProxy.open { proxy in
                let way = HTTPProxy(host: "127.0.0.1", port: proxy.port)
                let options = try Calls.options(trusted: authority.certificate, proxy: way)
                for (kind, words) in [
                    (TestAuthority.Kind.otherHost, "another host"), (.expired, "expired on 20"),
                    (.selfSigned, "unknown authority"),
                ] {
                    try await ScriptedServer.open(.silent, identity: authority.issue(kind)) { server in
                        let failure = try await Calls.failure("https://localhost:\(server.port)/", options)
                        #expect(failure?.mayHaveActed == false)
                        #expect(failure?.message.contains(words) == true, "\(String(describing: failure))")
                        #expect(server.received.isEmpty)
                    }
                }
                try await ScriptedServer.open(.closeAtFirstBytes, identity: authority.issue(.good)) { server in
                    let failure = try await Calls.failure("https://localhost:\(server.port)/", options)
                    #expect(failure?.cause == .cut)
                    #expect(failure?.mayHaveActed == true)
                }
            }
        }
    }

    @Test(
        "a login is one line of user and password",
        arguments: [
            ("store:pass", true), ("store:", true), ("store:a:b", true), ("", false), ("store", false), (":x", false),
            ("store:a\nb", false), ("store:\u{7}", false),
        ])
    func logins(line: String, isLogin: Bool) {
        #expect((ProxyLogin(line: line) != nil) == isLogin)
    }
}
