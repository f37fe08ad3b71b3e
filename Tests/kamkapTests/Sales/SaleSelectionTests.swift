import Foundation
import GatewayAPI
import JSON
import NIOHTTP1
import Testing

/// What staff find with the paper in their hands.
@Suite(.timeLimit(.minutes(2))) struct SaleSelectionTests {
    @Test("the number on the paper stands for the id, in show, reprint and retry")
    func byNumber() async throws {
        try await withSales { store in
            let shown = try await store.command("show", "--number", "0000001")
            #expect(shown.status == 0, "\(shown.complaints)")
            #expect(shown.output.contains("00001-POS01-0001") && shown.output.contains("0000001"))
            let json = try await store.command("show", "--number", "0000001", "--json")
            let sale = try SaleResource(json: try JSONParser.parse(Array(json.output.utf8)))
            #expect(sale.transactionID == "00001-POS01-0001")
            #expect(sale.registration.serviceURL == nil)
            // A sale without a number of its own has its id on paper.
            #expect(try await store.command("show", "--number", "PLAIN/1").output.contains("PLAIN/1"))
            let copy = try await store.command("reprint", "--number", "0000001")
            #expect(copy.status == 0, "\(copy.complaints)")
            #expect(copy.output.hasPrefix("00001-POS01-0001: copy 1 on front"), "\(copy.output)")
            let retried = try await store.command("retry", "--number", "0000001")
            #expect(retried.status == 65)
            #expect(retried.complaints.hasPrefix("kamkap: 00001-POS01-0001: "), "\(retried.complaints)")
        }
    }

    @Test(
        "where several sales carry the number, they are listed and nothing is done",
        arguments: ["show", "reprint", "retry"])
    func several(command: String) async throws {
        try await withSales { store in
            let listed = try await store.command(command, "--number", "0001234")
            #expect(listed.status == 65)
            let lines = listed.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(
                lines == [
                    ["SALE", "TERMINAL", "ISSUED", "TOTAL", "REGISTRATION"],
                    ["00001-POS02-0001", "POS-02", "2026-11-21", "00:00:00", "120.00", "ready"],
                    ["00001-POS01-0002", "POS-01", "2026-11-20", "23:59:59", "120.00", "ready"],
                ])
            #expect(
                listed.complaints
                    == "kamkap: number 0001234: 2 sales have it on their papers, and nothing was done; name one by its ID\n"
            )
            let json = try await store.command(command, "--number", "0001234", "--json")
            #expect(json.status == 65)
            let page = try SalePage(json: try JSONParser.parse(Array(json.output.utf8)))
            #expect(page.sales.map(\.transactionID) == ["00001-POS02-0001", "00001-POS01-0002"])
            #expect(page.sales.allSatisfy { $0.registration.serviceURL == nil && $0.prints.isEmpty })
            for sale in page.sales {
                let now = try await store.request(.GET, "/v1/sales/\(sale.transactionID)").sale()
                #expect(now.prints.isEmpty && now.registration.state == "ready")
            }
        }
    }

    @Test("a number that no paper has, and a sale that is named twice or not at all, have their exits")
    func refusals() async throws {
        try await withSales { store in
            for command in ["show", "reprint", "retry"] {
                let none = try await store.command(command, "--number", "1234")
                #expect(none.status == 65)
                #expect(none.complaints == "kamkap: number 1234: no sale has it on its paper\n")
                #expect(none.output.isEmpty)
                let empty = try await store.command(command, "--number", "")
                #expect(empty.status == 65)
                #expect(empty.complaints.contains("the number on the paper, 1 to 64 characters"), "\(empty.complaints)")
                for arguments in [[command], [command, "PLAIN/1", "--number", "0001234"]] {
                    let misused = try await Binary.run(arguments, environment: ["KAMKAP_SOCKET": store.socket])
                    #expect(misused.status == 64)
                    #expect(misused.complaints.contains("Name the sale"), "\(misused.complaints)")
                    #expect(misused.complaints.contains("Usage: kamkap \(command)"))
                }
                let help = try await store.command(command, "--help")
                #expect(help.output.contains("--number"))
            }
        }
    }

    @Test("the list takes number, days and till, each alone and together")
    func list() async throws {
        try await withSales { store in
            for (arguments, expected) in [
                ([], "PLAIN/1 00001-POS02-0001 00001-POS01-0002 00001-POS01-0001"),
                (["--number", "0001234"], "00001-POS02-0001 00001-POS01-0002"),
                (["--terminal", "POS-01"], "00001-POS01-0002 00001-POS01-0001"),
                (["--terminal", "POS-01", "--limit", "1"], "00001-POS01-0002"),
                (["--from", "2026-11-20", "--to", "2026-11-20"], "00001-POS01-0002 00001-POS01-0001"),
                (["--from", "2026-11-21"], "PLAIN/1 00001-POS02-0001"),
                (["--to", "2026-11-20", "--number", "0001234", "--registration", "ready"], "00001-POS01-0002"),
                (["--number", "0001234", "--terminal", "POS 1/ก&x=1"], ""),
            ] as [([String], String)] {
                let listed = try await Binary.run(
                    ["sales", "--json"] + arguments, environment: ["KAMKAP_SOCKET": store.socket])
                #expect(listed.status == 0, "\(arguments): \(listed.complaints)")
                let page = try SalePage(json: try JSONParser.parse(Array(listed.output.utf8)))
                #expect(page.sales.map(\.transactionID).joined(separator: " ") == expected, "\(arguments)")
            }
            let first = try await store.command("sales", "--terminal", "POS-01", "--limit", "1")
            let more = try #require(first.output.split(separator: "\n").last)
            #expect(more.hasPrefix("more: --after "))
            let rest = try await store.command("sales", "--terminal", "POS-01", "--after", String(more.dropFirst(14)))
            #expect(rest.output.contains("00001-POS01-0001") && !rest.output.contains("00001-POS01-0002"))
            let buddhist = try await store.command("sales", "--from", "2569-11-20")
            #expect(buddhist.status == 65)
            #expect(buddhist.complaints.contains("from: expected a day of the common era"), "\(buddhist.complaints)")
            #expect(try await store.command("sales", "--watch", "--number", "0001234").status == 64)
        }
    }

    /// Four sales, all registered: two papers carry one number.
    private func withSales(_ body: (Store) async throws -> Void) async throws {
        try await Store.open { store in
            let gateway = try await RunningGateway.start(in: store)
            for (id, number, terminal, issued) in [
                ("00001-POS01-0001", "0000001", "POS-01", "2026-11-20T00:00:00+07:00"),
                ("00001-POS01-0002", "0001234", "POS-01", "2026-11-20T16:59:59Z"),
                ("00001-POS02-0001", "0001234", "POS-02", "2026-11-20T17:00:00Z"),
                ("PLAIN/1", nil, nil, "2026-11-21T10:15:00+07:00"),
            ] as [(String, String?, String?, String)] {
                func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
                let sale = """
                    {"transaction_id":"\(id)","document":{"issued_at":"\(issued)","line_items":[
                    {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":true}]},"terminal_id":\(text(terminal)),
                    "receipt":{"print":false,"number":\(text(number))}}
                    """
                let kept = try await store.request(.POST, "/v1/sales?wait=registered&timeout=30s", sale)
                #expect(kept.status == 201)
            }
            try await body(store)
            #expect(await gateway.stop() == 0)
        }
    }
}
