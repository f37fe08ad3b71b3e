import Foundation
import GatewayAPI
import Intake
import JSON
import Testing

@Suite(.timeLimit(.minutes(1))) struct ListQueryTests {
    @Test("staff find a sale by what its paper says, in any combination")
    func filters() async throws {
        try await withSales { till in
            for (query, expected) in [
                ("", "E D C B A"), ("number=0001234", "D B A"), ("number=0001234&terminal=POS-01", "D A"),
                ("number=0001234&terminal=POS-01&from=2026-11-20&to=2026-11-20", "A"), ("number=E", "E"),
                ("number=0001", ""), ("terminal=POS-02", "C B"), ("terminal=POS-02&limit=1", "C"),
                ("from=2026-11-20&to=2026-11-20", "C B A"), ("from=2026-11-21", "E D"), ("to=2026-11-20", "C B A"),
                ("from=2026-11-20&to=2026-11-20&registration=pending", "C B A"),
                ("from=2026-11-20&to=2026-11-20&registration=ready", ""),
                ("terminal=POS-02&registration=held", ""), ("number=%E0%B8%81-7%2F%2B&terminal=POS-02", "C"),
                // A value is taken as it is written.
                ("terminal=pos-02", ""), ("terminal=POS-0", ""),
            ] {
                let found = try await till.page(query).ids
                #expect(found == expected, "\(query)")
            }
        }
    }

    @Test("a cursor of one filter's list goes on in another's, and repeats nothing that was seen when others arrive")
    func cursors() async throws {
        try await withSales { till in
            let first = try await till.page("number=0001234&limit=1")
            #expect(first.ids == "D")
            let next = try #require(first.next)
            try await till.sell("F", number: "0001234", terminal: "POS-02", issued: "2026-11-20T10:15:00+07:00")
            #expect(try await till.page("number=0001234&after=\(next)").ids == "B A")
            #expect(try await till.page("terminal=POS-02&after=\(next)").ids == "C B")
            #expect(try await till.page("from=2026-11-20&to=2026-11-20&after=\(next)&limit=2").ids == "C B")
            #expect(try await till.page("after=\(next)").ids == "C B A")
            #expect(try await till.page("number=0001234").ids == "F D B A")
        }
    }

    @Test(
        "a value that cannot be meant is refused with what was expected",
        arguments: [
            ("from=2026-02-30", "from: expected a day of the common era as YYYY-MM-DD"),
            ("to=2569-11-20", #"such as \"2026-11-20\" for 20/11/2569 on paper, found \"2569-11-20\""#),
            ("from=20/11/2026", "from: expected"), ("to=", "to: expected"),
            ("from=2026-11-21&to=2026-11-20", #"from: expected a day not after \"2026-11-20\""#),
            ("number=", "number: expected the number on the paper, 1 to 64 characters"),
            ("number", "number: expected"), ("number=" + String(repeating: "9", count: 65), "number: expected"),
            ("terminal=", "terminal: expected a terminal_id"),
            ("terminal=" + String(repeating: "%E0%B8%81", count: 65), "terminal: expected"),
            ("registration=done", "registration: expected one of pending, ready, held, rejected"),
            ("limit=501", "limit: expected a number from 1 to 500"), ("limit=0", "limit: expected"),
            ("limit=99999999999999999999", "limit: expected"), ("limit=05", "limit: expected"),
            ("after=x", "after: expected"), ("after=-1", "after: expected"),
            ("nummer=7", #"unknown parameter \"nummer\"; known here: registration, number,"#),
            ("number=1&number=2", "number: expected once, found several"),
        ])
    func refusals(query: String, words: String) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            let answer = try await till.get(query)
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
            #expect(answer.contains("urn:kamkap:problem:invalid-request"))
            #expect(answer.contains(words), "\(answer)")
            try? await till.close()
        }
    }

    /// Five sales, handed in from A to E.
    private func withSales(_ body: (Till) async throws -> Void) async throws {
        try await TestListener.open(ListenerLimits()) { listener in
            let till = try await Till.connect(to: listener)
            for (id, number, terminal, issued) in [
                ("A", "0001234", "POS-01", "2026-11-20T00:00:00+07:00"),
                ("B", "0001234", "POS-02", "2026-11-19T17:00:00Z"),
                ("C", "ก-7/+", "POS-02", "2026-11-20T23:59:59+07:00"),
                ("D", "0001234", "POS-01", "2026-11-20T17:00:00Z"),
                ("E", nil, "POS-01", "2026-11-21T10:15:00+07:00"),
            ] as [(String, String?, String, String)] {
                try await till.sell(id, number: number, terminal: terminal, issued: issued)
            }
            try await body(till)
            try? await till.close()
        }
    }
}

extension Till {
    fileprivate func sell(_ id: String, number: String?, terminal: String, issued: String) async throws {
        let sale = """
            {"transaction_id":"\(id)","document":{"issued_at":"\(issued)","line_items":[
            {"name":"x","unit_price":"15","quantity":"8","vatable":true}]},"terminal_id":"\(terminal)",
            "receipt":{"print":false,"number":\(number.map { "\"\($0)\"" } ?? "null")}}
            """
        try await send(TestListener.head(sale.utf8.count) + sale)
        await expect("HTTP/1.1 201")
    }

    fileprivate func get(_ query: String) async throws -> String {
        try await send("GET /v1/sales\(query.isEmpty ? "" : "?")\(query) HTTP/1.1\r\nHost: pos\r\n\r\n")
        return await answer()
    }

    fileprivate func page(_ query: String) async throws -> SalePage {
        let answer = try await get(query)
        guard answer.hasPrefix("HTTP/1.1 200"), let end = answer.range(of: "\r\n\r\n") else {
            throw FixtureError(answer)
        }
        return try SalePage(json: try JSONParser.parse(Array(answer[end.upperBound...].utf8)))
    }
}

extension SalePage {
    fileprivate var ids: String { sales.map(\.transactionID).joined(separator: " ") }
}
