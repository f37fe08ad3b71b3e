import Foundation
import GatewayAPI
import JSON
import Testing

@testable import Intake

@Suite(.timeLimit(.minutes(1))) struct SlipRoutesTests {
    private static let tills = "a-token-of-the-tills"
    private static let staff = "a-token-of-the-staff"
    private static let unknown = "0123456789abcdef0123456789abcdef"

    private func request(
        _ method: String, _ path: String, _ body: [UInt8]? = nil, type: String = "image/png", token: String? = nil
    ) -> [UInt8] {
        let content = body.map { "Content-Type: \(type)\r\nContent-Length: \($0.count)\r\n" } ?? ""
        let proof = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        return Array("\(method) \(path) HTTP/1.1\r\nHost: pos\r\n\(proof)\(content)\r\n".utf8) + (body ?? [])
    }

    /// A till beside a sale `X/1`.
    private func withTill(
        _ limits: ListenerLimits = ListenerLimits(), picture: Int? = 1 << 20,
        _ body: (Till, TestListener) async throws -> Void
    ) async throws {
        try await TestListener.open(limits, picture: picture) { listener in
            let till = try await Till.connect(to: listener)
            try await till.send(TestListener.post("X/1"))
            await till.expect("HTTP/1.1 201")
            try await body(till, listener)
            try? await till.close()
        }
    }

    private func json(_ answer: String) throws -> JSONValue {
        let body = try #require(answer.range(of: "\r\n\r\n")).upperBound
        return try JSONParser.parse(Array(answer[body...].utf8))
    }

    private func slip(_ answer: String, _ status: String) throws -> SlipResource {
        #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
        return try SlipResource(json: try json(answer))
    }

    private func ask(_ till: Till, _ request: [UInt8]) async throws -> String {
        try await till.send(request)
        return await till.answer()
    }

    @Test("a slip of a sale is kept without what it says beside its pixels; the same picture again is the same slip")
    func ofSale() async throws {
        try await withTill { till, listener in
            let picture = SampleSlip.png("one")
            let new = try slip(try await ask(till, request("POST", "/v1/sales/X%2F1/slips", picture)), "202")
            #expect(new.sale == "X/1" && new.state == "waiting" && new.expectedAmount == "120.00")
            #expect(new.words == SlipWords.text(of: "waiting") && new.imageKept && !new.mayBeCharged)
            let file = "\(listener.pictures)/\(new.id).png"
            #expect(try Array(Data(contentsOf: URL(filePath: file))) == SampleSlip.clean("one"))
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let same = try slip(try await ask(till, request("POST", "/v1/sales/X%2F1/slips", picture)), "200")
            #expect(same.id == new.id)
            #expect(try FileManager.default.contentsOfDirectory(atPath: listener.pictures) == ["\(new.id).png"])
            let sale = try SaleResource(json: try json(try await ask(till, request("GET", "/v1/sales/X%2F1"))))
            #expect(sale.slips.map(\.id) == [new.id])
            #expect(try slip(try await ask(till, request("GET", "/v1/slips/\(new.id)")), "200").id == new.id)
        }
    }

    @Test("a slip may come before its sale, with what was to be paid") func beforeSale() async throws {
        try await withTill { till, _ in
            let path = "/v1/slips?amount=120.5&sale=LATER%2F1&terminal_id=POS%2001"
            let new = try slip(
                try await ask(till, request("POST", path, SampleSlip.jpeg, type: "Image/JPEG; q=1")), "202")
            #expect(new.sale == "LATER/1" && new.terminalID == "POS 01" && new.expectedAmount == "120.50")
            let free = try slip(try await ask(till, request("POST", "/v1/slips?amount=7", SampleSlip.png("b"))), "202")
            #expect(free.sale == nil && free.terminalID == nil && free.expectedAmount == "7.00")
        }
    }

    @Test(
        "what is no slip is refused, with its reason",
        arguments: [
            ("/v1/sales/none/slips", "image/png", SampleSlip.png("x"), 404, "none"),
            ("/v1/sales/a%20b/slips", "image/png", SampleSlip.png("x"), 404, "1 to 30 characters"),
            ("/v1/sales/X%2F1/slips", "image/heic", SampleSlip.png("x"), 415, "image/jpeg, image/png, image/webp"),
            ("/v1/sales/X%2F1/slips", "image/jpg", SampleSlip.jpeg, 415, "image/jpeg, image/png, image/webp"),
            ("/v1/sales/X%2F1/slips", "image/jpeg", SampleSlip.png("x"), 415, "begins as image/png"),
            ("/v1/sales/X%2F1/slips", "image/jpeg", Array("\0\0\0\u{18}ftypheic".utf8), 415, "Most Compatible"),
            ("/v1/sales/X%2F1/slips", "image/png", [], 422, "found nothing"),
            ("/v1/sales/X%2F1/slips", "image/png", Array("<html>".utf8), 422, "a web page"),
            ("/v1/sales/X%2F1/slips", "image/png", Array(SampleSlip.png("x").dropLast()), 422, "ends in the middle"),
            ("/v1/sales/X%2F1/slips", "image/png", SampleSlip.bomb, 422, "found 60000 × 60000"),
            ("/v1/sales/X%2F1/slips?amount=1", "image/png", SampleSlip.png("x"), 400, "unknown parameter"),
            ("/v1/sales/X%2F1/slips?wait=printed", "image/png", SampleSlip.png("x"), 400, "expected checked"),
            ("/v1/sales/X%2F1/slips?wait=checked&timeout=61s", "image/png", SampleSlip.png("x"), 400, "at most 60s"),
            ("/v1/slips?amount=1&amount=2", "image/png", SampleSlip.png("x"), 400, "found several"),
            ("/v1/slips?amount=1&till=1", "image/png", SampleSlip.png("x"), 400, "unknown parameter"),
            ("/v1/slips?amount=1&sale=", "image/png", SampleSlip.png("x"), 422, "sale: expected"),
            ("/v1/slips?amount=1&terminal_id=", "image/png", SampleSlip.png("x"), 422, "terminal_id: expected"),
            ("/v1/slips?sale=a%20b", "image/png", SampleSlip.png("x"), 422, "2 faults"),
        ] as [(String, String, [UInt8], Int, String)])
    func refused(path: String, type: String, body: [UInt8], status: Int, words: String) async throws {
        try await withTill { till, listener in
            let answer = try await ask(till, request("POST", path, body, type: type))
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
            #expect(try Problem(json: try json(answer)).detail.contains(words), "\(answer)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: listener.pictures) == [])
        }
    }

    @Test(
        "an amount is baht, as a customer can pay it",
        arguments: [
            "", "0", "0.00", "-1", "1.234", "120.000", "1,000", "1e3", "01", ".5", "1.", "฿5", "NaN", "1000000000000",
            "%E0%B9%91",
        ])
    func amounts(text: String) async throws {
        try await withTill { till, _ in
            let answer = try await ask(till, request("POST", "/v1/slips?amount=\(text)", SampleSlip.png("x")))
            #expect(answer.hasPrefix("HTTP/1.1 422"), "\(answer)")
            #expect(answer.contains("amount: expected baht above 0 with at most two decimal places"), "\(answer)")
        }
    }

    @Test("a picture that is too large is refused before it is read, with the key that says so") func tooLarge()
        async throws
    {
        try await withTill(picture: 2_000) { till, listener in
            let fits = SampleSlip.png("a", padding: 2_000 - SampleSlip.png("a").count)
            _ = try slip(try await ask(till, request("POST", "/v1/sales/X%2F1/slips", fits)), "202")
            let head =
                "POST /v1/sales/X%2F1/slips HTTP/1.1\r\nHost: pos\r\nContent-Type: image/png\r\nContent-Length: 2001\r\n\r\n"
            let answer = try await ask(till, Array(head.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 413"), "\(answer)")
            #expect(answer.contains("2000 bytes (slips.max_image)"), "\(answer)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: listener.pictures).count == 1)
        }
    }

    @Test("a picture that drips is cut off, and keeps neither a sale nor its own till") func dripping() async throws {
        var limits = ListenerLimits()
        limits.pictureDeadline = .milliseconds(500)
        limits.waitLimit = .milliseconds(100)
        limits.largeBodies = 1 << 20
        try await withTill(limits, picture: 1 << 20) { till, listener in
            let head =
                "POST /v1/sales/X%2F1/slips HTTP/1.1\r\nHost: pos\r\nContent-Type: image/png\r\nContent-Length: \(1 << 20)\r\n\r\n"
            // It has all the room for pictures now.
            try await till.send(Array(head.utf8) + [UInt8](repeating: 1, count: (1 << 20) - 1))
            let other = try await Till.connect(to: listener)
            let sale = TestListener.sale("BIG") + String(repeating: " ", count: 100_000)
            try await other.send(TestListener.head(sale.utf8.count) + sale)
            await other.expect("HTTP/1.1 201")
            try? await other.close()
            let answer = await till.answer()
            #expect(answer.hasPrefix("HTTP/1.1 408"), "\(answer)")
        }
    }

    @Test("whoever waits is answered when the time is over, with the slip as it is then") func waiting() async throws {
        try await withTill { till, _ in
            let begun = ContinuousClock.now
            let path = "/v1/sales/X%2F1/slips?wait=checked&timeout=300ms"
            let new = try slip(try await ask(till, request("POST", path, SampleSlip.png("x"))), "202")
            #expect(ContinuousClock.now - begun >= .milliseconds(300))
            #expect(new.state == "waiting")
        }
    }

    @Test("the list is newest first, by state and page by page") func list() async throws {
        try await withTill { till, _ in
            var ids: [String] = []
            for mark in ["a", "b", "c"] {
                let answer = try await ask(till, request("POST", "/v1/slips?amount=1", SampleSlip.png(mark)))
                ids.insert(try slip(answer, "202").id, at: 0)
            }
            let first = try SlipPage(json: try json(try await ask(till, request("GET", "/v1/slips?limit=2"))))
            #expect(first.slips.map(\.id) == Array(ids.prefix(2)))
            let next = try #require(first.next)
            let rest = try SlipPage(json: try json(try await ask(till, request("GET", "/v1/slips?after=\(next)"))))
            #expect(rest.slips.map(\.id) == [ids[2]] && rest.next == nil)
            for (state, count) in [("waiting", 3), ("matched", 0), ("held", 0)] {
                let page = try SlipPage(json: try json(try await ask(till, request("GET", "/v1/slips?state=\(state)"))))
                #expect(page.slips.count == count, "\(state)")
            }
            for query in ["state=paid", "state=", "limit=0", "after=x", "sale=X"] {
                let answer = try await ask(till, request("GET", "/v1/slips?\(query)"))
                #expect(answer.hasPrefix("HTTP/1.1 400"), "\(query): \(answer)")
            }
        }
    }

    @Test("a picture can be removed, and its slip stays") func removed() async throws {
        try await withTill { till, listener in
            let new = try slip(
                try await ask(till, request("POST", "/v1/sales/X%2F1/slips", SampleSlip.png("x"))), "202")
            for _ in 0..<2 {
                let left = try slip(try await ask(till, request("DELETE", "/v1/slips/\(new.id)")), "200")
                #expect(left.id == new.id && !left.imageKept)
                #expect(try FileManager.default.contentsOfDirectory(atPath: listener.pictures) == [])
            }
            let retried = try await ask(till, request("POST", "/v1/slips/\(new.id)/retry"))
            #expect(retried.hasPrefix("HTTP/1.1 409"), "\(retried)")
        }
    }

    @Test("an unknown slip, and an id that none has, are not found", arguments: [unknown, "x", "..", "%2F", "A%201"])
    func notFound(id: String) async throws {
        try await withTill { till, _ in
            for (method, rest) in [("GET", ""), ("DELETE", ""), ("POST", "/retry")] {
                let answer = try await ask(till, request(method, "/v1/slips/\(id)\(rest)"))
                #expect(answer.hasPrefix("HTTP/1.1 404"), "\(method): \(answer)")
            }
        }
    }

    @Test("where no slips are configured, every request is answered 503 and told why") func notConfigured() async throws
    {
        try await withTill(picture: nil) { till, _ in
            for (method, path) in [
                ("POST", "/v1/sales/X%2F1/slips"), ("POST", "/v1/slips?amount=1"), ("GET", "/v1/slips"),
                ("GET", "/v1/slips/\(Self.unknown)"), ("DELETE", "/v1/slips/\(Self.unknown)"),
                ("POST", "/v1/slips/\(Self.unknown)/retry"),
            ] {
                let body = method == "POST" ? SampleSlip.png("x") : nil
                let answer = try await ask(till, request(method, path, body))
                #expect(answer.hasPrefix("HTTP/1.1 503"), "\(method) \(path): \(answer)")
                #expect(answer.contains("[slips]") && answer.lowercased().contains("retry-after:"), "\(answer)")
            }
            #expect(try await ask(till, request("GET", "/v1/sales/X%2F1")).contains("\"slips\":[]"))
        }
    }

    @Test("tills hand in slips and ask of them; removing and reading again is staff's") func callers() async throws {
        let access = ListenerAccess.network(
            NetworkCredentials(token: BearerToken(Self.tills), staffToken: BearerToken(Self.staff), tls: nil))
        try await TestListener.open(ListenerLimits(), access: access, picture: 1 << 20) { listener in
            let till = try await Till.connect(to: listener)
            let path = "/v1/slips?amount=1"
            let new = try slip(
                try await ask(till, request("POST", path, SampleSlip.png("x"), token: Self.tills)), "202")
            for (method, path, token, status) in [
                ("GET", "/v1/slips", Self.tills, "200"), ("GET", "/v1/slips/\(new.id)", Self.tills, "200"),
                ("DELETE", "/v1/slips/\(new.id)", Self.tills, "403"),
                ("POST", "/v1/slips/\(new.id)/retry", Self.tills, "403"),
                ("POST", "/v1/slips/\(new.id)/retry", Self.staff, "409"),
                ("DELETE", "/v1/slips/\(new.id)", Self.staff, "200"),
            ] {
                let answer = try await ask(till, request(method, path, token: token))
                #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(method) \(path): \(answer)")
            }
            let stranger = try await ask(till, request("POST", path, SampleSlip.png("y")))
            #expect(stranger.hasPrefix("HTTP/1.1 401"), "\(stranger)")
            try? await till.close()
        }
    }
}
