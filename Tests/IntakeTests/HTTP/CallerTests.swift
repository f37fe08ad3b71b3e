import Intake
import Testing

/// What tills and staff may do over a network.
@Suite(.timeLimit(.minutes(1))) struct CallerTests {
    private static let tills = "a-token-of-the-tills"
    private static let staff = "a-token-of-the-staff"

    /// Those that a till's token does not open.
    private static let staffOperations = [
        "/v1/sales/X/retry", "/v1/printers/none/drawer", "/v1/alarms/disk-short/acknowledge",
    ]

    /// Those whose answer may be about people and shops that the till has nothing to do with.
    private static let staffQuestions = ["/v1/transactions?tag=NIDN:1234567851234", "/v1/sales/X/transaction"]

    private static func access(staff: String?) -> ListenerAccess {
        .network(
            NetworkCredentials(token: BearerToken(tills), staffToken: staff.flatMap { BearerToken($0) }, tls: nil))
    }

    private static func request(_ method: String, _ path: String, token: String?) -> String {
        let proof = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return "\(method) \(path) HTTP/1.1\r\nHost: pos\r\n\(proof)\r\n"
    }

    private static func sale(_ id: String, token: String) -> String {
        let line = "POST /v1/sales HTTP/1.1\r\n"
        return line + "Authorization: Bearer \(token)\r\n" + TestListener.post(id).dropFirst(line.count)
    }

    @Test("tills hand in and ask about sales, and print; they are refused what is staff's, with the key that opens it")
    func aTill() async throws {
        try await TestListener.open(ListenerLimits(), access: Self.access(staff: Self.staff)) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(Self.sale("X", token: Self.tills))
            await till.expect("HTTP/1.1 201")
            for (method, path, status) in [
                ("GET", "/v1/sales/X", "200"), ("GET", "/v1/status", "200"), ("GET", "/metrics", "200"),
                ("GET", "/v1/addresses?post_code=10110", "200"),
                ("POST", "/v1/sales/X/reprint", "202"), ("DELETE", "/v1/sales/X/prints/1", "200"),
                ("POST", "/v1/printers/none/test", "404"), ("GET", "/v1/sales/X/documents", "200"),
                ("GET", "/v1/sales/X/documents/latest.pdf", "503"), ("PUT", "/v1/sales/X/tags", "415"),
            ] {
                try await till.send(Self.request(method, path, token: Self.tills))
                let answer = await till.answer()
                #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(method) \(path): \(answer)")
            }
            for (method, path) in Self.staffOperations.map({ ("POST", $0) }) + Self.staffQuestions.map({ ("GET", $0) })
            {
                try await till.send(Self.request(method, path, token: Self.tills))
                let answer = await till.answer()
                #expect(answer.hasPrefix("HTTP/1.1 403"), "\(path): \(answer)")
                #expect(answer.contains("only with the token of intake.staff_token_file\""), "\(answer)")
            }
            try? await till.close()
        }
    }

    @Test("staff do all that tills do, and what is theirs; a backup is made over the Unix socket alone")
    func theStaff() async throws {
        try await TestListener.open(ListenerLimits(), access: Self.access(staff: Self.staff)) { listener in
            let staff = try await Till.connect(to: listener)
            try await staff.send(Self.sale("X", token: Self.staff))
            await staff.expect("HTTP/1.1 201")
            for (path, status) in zip(Self.staffOperations, ["200", "404", "200"]) {
                try await staff.send(Self.request("POST", path, token: Self.staff))
                let answer = await staff.answer()
                #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(path): \(answer)")
            }
            for path in Self.staffQuestions {
                try await staff.send(Self.request("GET", path, token: Self.staff))
                // They are passed on: the provider of this test cannot be asked.
                let answer = await staff.answer()
                #expect(answer.hasPrefix("HTTP/1.1 422") && answer.contains("Scripted"), "\(answer)")
                #expect(!answer.contains("1234567851234"))
            }
            try await staff.send(Self.request("POST", "/v1/backup", token: Self.staff))
            let refused = await staff.answer()
            #expect(refused.hasPrefix("HTTP/1.1 403"))
            #expect(refused.contains("only over the gateway's Unix socket"))
            try? await staff.close()
        }
    }

    @Test("without a staff token nobody is staff over the network, and the refusal says why")
    func noStaff() async throws {
        try await TestListener.open(ListenerLimits(), access: Self.access(staff: nil)) { listener in
            let till = try await Till.connect(to: listener)
            for path in Self.staffOperations {
                try await till.send(Self.request("POST", path, token: Self.tills))
                let answer = await till.answer()
                #expect(answer.hasPrefix("HTTP/1.1 403"), "\(path): \(answer)")
                #expect(
                    answer.contains("intake.staff_token_file, which this gateway's configuration does not name"),
                    "\(answer)")
            }
            try await till.send(Self.request("GET", "/v1/status", token: Self.staff))
            await till.expect("HTTP/1.1 401")
            try? await till.close()
        }
    }

    @Test(
        "whoever shows neither token is nobody",
        arguments: [nil, "", "a-token-of-the-till", "a-token-of-the-staff2", "short"] as [String?])
    func strangers(token: String?) async throws {
        try await TestListener.open(ListenerLimits(), access: Self.access(staff: Self.staff)) { listener in
            let stranger = try await Till.connect(to: listener)
            try await stranger.send(Self.request("POST", "/v1/printers/none/drawer", token: token))
            let answer = await stranger.answer()
            #expect(answer.hasPrefix("HTTP/1.1 401"))
            #expect(answer.contains("intake.token_file or intake.staff_token_file"))
            try? await stranger.close()
        }
    }

    @Test("where no token is asked for, as in the sandbox, everybody is staff, and nobody is local")
    func sandbox() async throws {
        let access = ListenerAccess.network(NetworkCredentials(token: nil, tls: nil))
        try await TestListener.open(ListenerLimits(), access: access) { listener in
            let anybody = try await Till.connect(to: listener)
            for (path, status) in zip(Self.staffOperations + ["/v1/backup"], ["404", "404", "200", "403"]) {
                try await anybody.send(Self.request("POST", path, token: nil))
                let answer = await anybody.answer()
                #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(path): \(answer)")
            }
            try? await anybody.close()
        }
    }
}
