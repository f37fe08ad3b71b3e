import Foundation
import GatewayAPI
import NIOHTTP1
import TestNetwork
import Testing

/// The way from the store to Slime: through a real proxy, and with authorities of its own.
@Suite(.timeLimit(.minutes(2))) struct WayOutTests {
    private static let login = (user: "store", password: "proxy-s3cret-7Zq")

    private static func keep(_ text: String, as name: String, in store: Store, mode: Int = 0o600) throws {
        let file = store.folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    @Test("a store behind a proxy that wants a login sells with QR, and check says that all is well")
    func throughProxy() async throws {
        try await TinyProxy.open(login: Self.login) { proxy in
            let keys = "proxy = \"http://127.0.0.1:\(proxy.port)\"\nproxy_login_file = \"proxy-login\""
            try await Store.open(slime: keys) { store in
                try Self.keep("\(Self.login.user):\(Self.login.password)\n", as: "proxy-login", in: store)
                let check = try await Binary.run(["check", "--config", store.configuration.path])
                #expect(check.status == 0, "\(check.output)")
                #expect(check.output.contains("http://127.0.0.1:\(proxy.port), with a login"))
                let gateway = try await RunningGateway.start(in: store)
                let sale = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale()).sale()
                #expect(sale.registration.serviceURL != nil)
                #expect(await gateway.stop() == 0)
                #expect(try String(contentsOf: proxy.log, encoding: .utf8).contains("CONNECT 127.0.0.1:"))
                #expect(try !gateway.logged().contains(Self.login.password))
                #expect(!check.output.contains(Self.login.password))
            }
        }
    }

    @Test("a proxy that refuses is named by check with its status, and the sale's last error says what was not sent")
    func refused() async throws {
        try await TinyProxy.open(login: Self.login) { proxy in
            try await Store.open(slime: "proxy = \"http://127.0.0.1:\(proxy.port)\"") { store in
                let check = try await Binary.run(["check", "--config", store.configuration.path])
                #expect(check.status == 69, "\(check.output)")
                let words = "the proxy 127.0.0.1:\(proxy.port) refused: 407 Proxy Authentication Required"
                #expect(check.output.contains(words), "\(check.output)")
                #expect(check.output.contains("slime.proxy_login_file"))
                let gateway = try await RunningGateway.start(in: store)
                _ = try await store.request(.POST, "/v1/sales?wait=printed", Store.sale("BEHIND"))
                let sale = try await store.request(.GET, "/v1/sales/BEHIND").sale()
                #expect(sale.registration.lastError?.code == "Gateway::ProxyFailed")
                #expect(sale.registration.lastError?.message.hasPrefix("Not sent to Slime: ") == true)
                #expect(await gateway.stop() == 0)
            }
        }
    }

    @Test(
        "a file that the way out needs and that is not what it should be ends the start with 78, its key and its name",
        arguments: [
            ("ca_file", "not a certificate", 0o600, "holds no certificate in PEM"),
            ("ca_file", nil, 0o600, "cannot be read"),
            ("proxy_login_file", "store", 0o600, "USER:PASSWORD"), ("proxy_login_file", "a:b", 0o644, "chmod 0640"),
            ("proxy_login_file", "", 0o600, "USER:PASSWORD"), ("proxy_login_file", nil, 0o600, "no such file"),
        ] as [(String, String?, Int, String)])
    func wrongFile(key: String, text: String?, mode: Int, words: String) async throws {
        let keys = "proxy = \"http://127.0.0.1:9\"\n\(key) = \"the-file\""
        try await Store.open(slime: keys) { store in
            if let text { try Self.keep(text, as: "the-file", in: store, mode: mode) }
            for command in ["serve", "check"] {
                let outcome = try await Binary.run([command, "--config", store.configuration.path])
                #expect(outcome.status == 78)
                let said = outcome.output + outcome.complaints
                #expect(said.contains("slime.\(key)") && said.contains("the-file") && said.contains(words), "\(said)")
            }
            #expect(!FileManager.default.fileExists(atPath: store.database))
        }
    }
}
