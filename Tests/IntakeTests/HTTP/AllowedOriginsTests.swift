import Intake
import Testing

/// Web pages that ask by way of a browser.
@Suite(.timeLimit(.minutes(1))) struct AllowedOriginsTests {
    private static let page = "https://pos.example.com"
    private static let origins = AllowedOrigins([page, "http://localhost:3000"])

    private static func preflight(_ origin: String, _ headers: String = "") -> String {
        "OPTIONS /v1/sales HTTP/1.1\r\nHost: pos\r\nOrigin: \(origin)\r\nAccess-Control-Request-Method: POST\r\n"
            + "Access-Control-Request-Headers: content-type,authorization\r\n\(headers)\r\n"
    }

    private static func post(_ id: String, origin: String, token: String? = nil) -> String {
        let rest = TestListener.post(id).dropFirst("POST /v1/sales HTTP/1.1\r\n".count)
        let proof = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return "POST /v1/sales HTTP/1.1\r\nOrigin: \(origin)\r\n\(proof)\(rest)"
    }

    @Test("a page that is let in may ask, read the answers, and come from the internet to the shop's network")
    func letIn() async throws {
        try await TestListener.open(ListenerLimits(), origins: Self.origins) { listener in
            let browser = try await Till.connect(to: listener)
            try await browser.send(Self.preflight(Self.page, "Access-Control-Request-Private-Network: true\r\n"))
            let allowed = await browser.answer()
            #expect(allowed.hasPrefix("HTTP/1.1 204"), "\(allowed)")
            for line in [
                "Access-Control-Allow-Origin: \(Self.page)",
                "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, DELETE",
                "Access-Control-Allow-Headers: authorization, content-type, idempotency-key",
                "Access-Control-Allow-Private-Network: true", "Vary: Origin",
            ] { #expect(allowed.contains("\r\n\(line)\r\n"), "\(line) in \(allowed)") }
            try await browser.send(Self.preflight("http://localhost:3000"))
            #expect(await !browser.answer().contains("Private-Network"))
            try await browser.send(Self.post("A", origin: Self.page))
            let sale = await browser.answer()
            #expect(sale.hasPrefix("HTTP/1.1 201"))
            #expect(sale.contains("\r\nAccess-Control-Allow-Origin: \(Self.page)\r\n"))
            #expect(sale.contains("\r\nAccess-Control-Expose-Headers: Retry-After\r\n"))
            #expect(sale.contains("\r\nVary: Origin\r\n"))
            // What goes wrong has to be read as well.
            try await browser.send("GET /nowhere HTTP/1.1\r\nHost: pos\r\nOrigin: \(Self.page)\r\n\r\n")
            let wrong = await browser.answer()
            #expect(wrong.hasPrefix("HTTP/1.1 404"))
            #expect(wrong.contains("\r\nAccess-Control-Allow-Origin: \(Self.page)\r\n"))
            try? await browser.close()
        }
    }

    @Test(
        "any other page is not, whatever it is like",
        arguments: [
            "http://pos.example.com", "https://pos.example.com:8443", "https://pos.example.com.evil.example",
            "https://POS.example.com", "https://example.com", "null", "*", "",
        ])
    func strangers(origin: String) async throws {
        for origins in [Self.origins, AllowedOrigins()] {
            try await TestListener.open(ListenerLimits(), origins: origins) { listener in
                let browser = try await Till.connect(to: listener)
                try await browser.send(Self.preflight(origin))
                let refused = await browser.answer()
                #expect(refused.hasPrefix("HTTP/1.1 403"), "\(refused)")
                #expect(refused.contains("urn:kamkap:problem:forbidden"))
                #expect(refused.contains("intake.allowed_origins"))
                #expect(!refused.contains("Access-Control"))
                try? await browser.close()
            }
        }
    }

    @Test("over the network a page that is not let in cannot hand in anything, with the right token either")
    func overTheNetwork() async throws {
        let token = "a-token-for-this-test"
        let access = ListenerAccess.network(NetworkCredentials(token: BearerToken(token), tls: nil))
        try await TestListener.open(ListenerLimits(), access: access, origins: Self.origins) { listener in
            let browser = try await Till.connect(to: listener)
            // Browsers send the preflight without the token.
            try await browser.send(Self.preflight(Self.page))
            await browser.expect("HTTP/1.1 204")
            try await browser.send(Self.post("A", origin: Self.page, token: token))
            await browser.expect("HTTP/1.1 201")
            try await browser.send(Self.post("B", origin: "https://evil.example", token: token))
            await browser.expect("HTTP/1.1 403")
            try await browser.send(Self.post("B", origin: Self.page))
            let stranger = await browser.answer()
            #expect(stranger.hasPrefix("HTTP/1.1 401"))
            #expect(stranger.contains("\r\nAccess-Control-Allow-Origin: \(Self.page)\r\n"), "the page is to see why")
            let asked = "GET /v1/sales/B HTTP/1.1\r\nHost: pos\r\nAuthorization: Bearer \(token)\r\n\r\n"
            try await browser.send(asked)
            await browser.expect("HTTP/1.1 404")
            try? await browser.close()
        }
    }

    @Test("without any in the configuration nothing is said of origins, and OPTIONS is no method")
    func none() async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(Self.post("A", origin: Self.page))
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 201"))
            #expect(!answer.contains("Access-Control") && !answer.contains("Vary"))
            try await till.send("OPTIONS /v1/sales HTTP/1.1\r\nHost: pos\r\n\r\n")
            await till.expect("HTTP/1.1 405")
            try? await till.close()
        }
    }
}
