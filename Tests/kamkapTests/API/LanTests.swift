import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import TestNetwork
import Testing

@Suite(.timeLimit(.minutes(2))) struct LanTests {
    private static let token = "a-token-that-must-not-be-logged-7Zq"

    static func encrypted(_ port: Int) -> String {
        """
        listen = "127.0.0.1:\(port)"
        token_file = "token"
        tls_certificate = "cert.pem"
        tls_key = "key.pem"
        """
    }

    static func keep(_ text: String, as name: String, in store: Store, mode: Int = 0o600) throws {
        let file = store.folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    /// A certificate for localhost, signed by itself, by the openssl command.
    static func certify(_ store: Store) async throws {
        let made = try await Binary.run(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "365",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", store.folder.appendingPathComponent("key.pem").path,
                "-out", store.folder.appendingPathComponent("cert.pem").path,
            ], at: URL(fileURLWithPath: "/usr/bin/openssl"))
        guard made.status == 0 else { throw FixtureError(made.complaints) }
    }

    private func post(
        _ url: String, _ id: String, token: String?, with http: HTTPClient = .shared
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let token { request.headers.add(name: "Authorization", value: token) }
        request.body = .bytes(ByteBuffer(string: Store.sale(id)))
        return try await http.execute(request, timeout: .seconds(30))
    }

    @Test("a till on the network gets in with the token alone; the log says who came and holds no token")
    func token() async throws {
        let port = try FreePort.find()
        let intake = "listen = \"127.0.0.1:\(port)\"\ntoken_file = \"token\""
        try await Store.open(intake: intake) { store in
            try Self.keep(Self.token + "\n", as: "token", in: store)
            let gateway = try await RunningGateway.start(in: store)
            let base = "http://127.0.0.1:\(port)"
            for wrong in [
                nil, "Bearer", "Bearer \(Self.token)x", "Basic \(Self.token)", "Bearer \(Self.token.dropLast())",
            ] {
                let answer = try await post("\(base)/v1/sales", "WRONG", token: wrong)
                #expect(answer.status == .unauthorized, "\(wrong ?? "none")")
                #expect(answer.headers.first(name: "WWW-Authenticate") == "Bearer")
                #expect(answer.headers.first(name: "Content-Type") == "application/problem+json")
            }
            for path in ["/v1/status", "/metrics", "/healthz", "/v1/events", "/nowhere"] {
                let answer = try await HTTPClient.shared.get(url: base + path).get()
                #expect(answer.status == .unauthorized, "\(path)")
            }
            let accepted = try await post(
                "\(base)/v1/sales?wait=printed", "LAN-1", token: "bearer \(Self.token)")
            #expect(accepted.status == .created)
            let local = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale("LOCAL-1"))
            #expect(local.status == 201)
            #expect(try await store.request(.GET, "/v1/sales/WRONG").status == 404)
            #expect(await gateway.stop() == 0)
            let log = try gateway.logged().split(separator: "\n")
            #expect(!log.contains { $0.contains(Self.token) })
            #expect(log.contains { $0.contains("requests rejected") && $0.contains("peer=127.0.0.1") })
            #expect(log.contains { $0.contains("sale done") && $0.contains("LAN-1") && $0.contains("peer=127.0.0.1") })
            let own = log.filter { $0.contains("LOCAL-1") }
            #expect(own.count == 1, "one line a sale: \(own)")
            #expect(own.first?.contains("peer=\"uid=\(getuid())\"") == true, "\(own)")
            #expect(own.first?.contains("registration.ms=") == true)
            #expect(own.first?.contains("paper.ms=") == true)
        }
    }

    @Test(
        "a token that everybody may read, one too short and none are refused, with what to do",
        arguments: [
            ("long-enough-to-be-a-token", 0o644, "chmod 0640"), ("short", 0o600, "at least 16 characters"),
            ("a token with blanks in it", 0o600, "openssl rand"), ("", 0o600, "at least 16 characters"),
        ])
    func badToken(text: String, mode: Int, remedy: String) async throws {
        try await Store.open(intake: "listen = \"127.0.0.1:9\"\ntoken_file = \"token\"") { store in
            try Self.keep(text, as: "token", in: store, mode: mode)
            let outcome = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(outcome.status == 78)
            #expect(outcome.complaints.contains("intake.token_file"))
            #expect(outcome.complaints.contains(remedy), "\(outcome.complaints)")
            #expect(text.isEmpty || !outcome.complaints.contains(text))
        }
    }

    @Test(
        "over TLS a till that trusts the certificate gets in; one that speaks plainly, or does not trust it, does not")
    func tls() async throws {
        let port = try FreePort.find()
        let intake = Self.encrypted(port)
        try await Store.open(intake: intake) { store in
            try Self.keep(Self.token, as: "token", in: store)
            try await Self.certify(store)
            let gateway = try await RunningGateway.start(in: store)
            var configuration = HTTPClient.Configuration()
            configuration.connectionPool.retryConnectionEstablishment = false
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(store.folder.appendingPathComponent("cert.pem").path)
            configuration.tlsConfiguration = tls
            try await HTTPClient.withHTTPClient(configuration: configuration) { http in
                let answer = try await post(
                    "https://localhost:\(port)/v1/sales", "TLS-1", token: "Bearer \(Self.token)", with: http)
                #expect(answer.status == .created)
                let stranger = try await post(
                    "https://localhost:\(port)/v1/sales", "TLS-2", token: nil, with: http)
                #expect(stranger.status == .unauthorized)
            }
            configuration.tlsConfiguration = nil
            try await HTTPClient.withHTTPClient(configuration: configuration) { http in
                await #expect(throws: (any Error).self) {
                    try await post("https://localhost:\(port)/v1/sales", "TLS-3", token: nil, with: http)
                }
                await #expect(throws: (any Error).self) {
                    try await post("http://localhost:\(port)/v1/sales", "TLS-4", token: nil, with: http)
                }
            }
            #expect(try await store.request(.POST, "/v1/sales", Store.sale("AFTER")).status == 201)
            #expect(await gateway.stop() == 0)
        }
    }

    @Test("a key of another certificate, and one that everybody may read, are refused at the start")
    func badKey() async throws {
        let intake = Self.encrypted(9)
        try await Store.open(intake: intake) { store in
            try Self.keep(Self.token, as: "token", in: store)
            try await Self.certify(store)
            let certificate = try Data(contentsOf: store.folder.appendingPathComponent("cert.pem"))
            try await Self.certify(store)
            try certificate.write(to: store.folder.appendingPathComponent("cert.pem"))
            var outcome = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(outcome.status == 78)
            #expect(outcome.complaints.contains("does not belong to the certificate"), "\(outcome.complaints)")
            let key = store.folder.appendingPathComponent("key.pem").path
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
            outcome = try await Binary.run(["serve", "--config", store.configuration.path])
            #expect(outcome.status == 78)
            #expect(outcome.complaints.contains("intake.tls_key"), "\(outcome.complaints)")
        }
    }

    @Test("an address that is taken ends the start with what to do") func addressTaken() async throws {
        let port = try FreePort.find()
        let intake = "listen = \"127.0.0.1:\(port)\"\ntoken_file = \"token\""
        try await Store.open(intake: intake) { store in
            try Self.keep(Self.token, as: "token", in: store)
            let gateway = try await RunningGateway.start(in: store)
            try await Store.open(intake: intake) { other in
                try Self.keep(Self.token, as: "token", in: other)
                let outcome = try await Binary.run(["serve", "--config", other.configuration.path])
                #expect(outcome.status == 71)
                #expect(outcome.complaints.contains("intake.listen"), "\(outcome.complaints)")
                #expect(outcome.complaints.contains("name another port"))
            }
            #expect(await gateway.stop() == 0)
        }
    }
}
