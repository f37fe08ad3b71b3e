import Foundation
import Testing

@testable import Simulators

/// Lists: pages, order, delay and what they are narrowed by.
@Suite(.timeLimit(.minutes(1)))
struct BillgateListTests {
    private func make(_ numbers: [String], _ billgate: BillgateCaller) async throws {
        for number in numbers { _ = try await billgate.makeReceipt(number) }
    }

    /// All numbers of the list of receipts, page by page as the page says: `next` is added to `offset`.
    private func walk(_ billgate: BillgateCaller, limit: Int) async throws -> [String] {
        var (offset, numbers) = (0, [String]())
        while numbers.count < 1000 {
            let page = try await billgate.call("GET", "/v1/receipts?offset=\(offset)&limit=\(limit)")
            numbers += page.texts("number")
            guard let next = page.json["next"] as? Int else { return numbers }
            offset += next
        }
        return numbers
    }

    @Test(
        "next and previous are counts, and null at the ends",
        arguments: [
            ("", 3, nil, nil), ("?limit=2", 2, 2, nil), ("?offset=1&limit=1", 1, 1, 1),
            ("?offset=2&limit=2", 1, nil, 2),
            ("?offset=1&limit=100", 2, nil, 1), ("?offset=9", 0, nil, 9), ("?limit=0", 0, nil, nil),
        ] as [(String, Int, Int?, Int?)])
    func pages(query: String, count: Int, next: Int?, previous: Int?) async throws {
        try await withBillgate { billgate async throws in
            try await make(["1", "2", "3"], billgate)
            let list = try await billgate.call("GET", "/v1/receipts" + query)
            #expect(list.status == 200 && list.json["total"] as? Int == 3)
            #expect(list.texts("number").count == count)
            #expect(list.json["next"] as? Int == next && list.json["previous"] as? Int == previous)
            #expect(list.json["next"] != nil && list.json["previous"] != nil)
        }
    }

    @Test("a next that counts what the next page has, leads to the end as well")
    func rest() async throws {
        try await withBillgate({
            $0.leeway.pageStep = .rest
            $0.leeway.listOrder = .oldest
        }) { billgate async throws in
            try await make(["1", "2", "3", "4", "5"], billgate)
            let list = try await billgate.call("GET", "/v1/receipts?limit=3")
            #expect(list.json["next"] as? Int == 2)
            #expect(try await walk(billgate, limit: 3) == ["1", "2", "3", "3", "4", "5"])
        }
    }

    @Test(
        "a parameter breaks no rule",
        arguments: [
            ("receipts", "limit=101"), ("receipts", "limit=-1"), ("receipts", "offset=-1"), ("receipts", "offset=x"),
            ("receipts", "limit="), ("customers", "limit=101"), ("tax_invoices", "limit=101"),
            ("templates/invoices", "limit=101"), ("invoices", "status=pending_payment"),
            ("invoices", "start=2026-04-01"),
            ("invoices", "end=2026-04-01T00:00:00"), ("invoices", "payment_start=x"),
            ("invoices", "payment_end=2026-04-31%2000:00:00"), ("recurring_invoices", "status=paused"),
            ("recurring_invoices", "customer_id=------"), ("recurring_invoices", "template_id=x"),
            ("recurring_invoices", "template_id=c6f3f207-169d-181c-882c-f50c5b85626d"),
            ("recurring_invoices", "customer_id=\(String(repeating: "a", count: 33))"),
        ])
    func parameters(path: String, query: String) async throws {
        try await withBillgate { billgate async throws in
            #expect(try await billgate.call("GET", "/v1/\(path)?\(query)").status == 400)
        }
    }

    @Test(
        "a list has the order that the account's leeway says",
        arguments: [
            (BillgateSimulator.Leeway.ListOrder.newest, ["A", "C", "B"]), (.oldest, ["B", "C", "A"]),
            (.number, ["A", "B", "C"]),
        ])
    func order(order: BillgateSimulator.Leeway.ListOrder, numbers: [String]) async throws {
        try await withBillgate({ $0.leeway.listOrder = order }) { billgate async throws in
            try await make(["B", "C", "A"], billgate)
            #expect(try await walk(billgate, limit: 2) == numbers)
        }
    }

    @Test("a shuffled list stays as it is, has everything once, and is in no order")
    func shuffled() async throws {
        try await withBillgate({ $0.leeway.listOrder = .shuffled }) { billgate async throws in
            await billgate.simulator.addForeignDocuments(60)
            let first = try await walk(billgate, limit: 7)
            #expect(first.count == 60 && Set(first).count == 60)
            #expect(try await walk(billgate, limit: 100) == first)
            let made = await billgate.simulator.documents(.receipt).map(\.number)
            #expect(first != made && first != made.reversed())
        }
    }

    @Test("a new document may be missing from the list, but not at its own address")
    func lag() async throws {
        try await withBillgate({ $0.leeway.listLag = .seconds(30) }) { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            #expect(try await billgate.call("GET", "/v1/receipts").json["total"] as? Int == 0)
            #expect(try await billgate.call("GET", "/v1/receipts/\(id)").status == 200)
            await billgate.simulator.advanceClock(by: .seconds(31))
            #expect(try await billgate.call("GET", "/v1/receipts").texts("number") == ["1"])
            _ = try await billgate.makeReceipt("2")
            #expect(try await billgate.call("GET", "/v1/receipts").texts("number") == ["1"])
        }
    }

    @Test("a new document may not be found by its id yet, though the list has it")
    func readLag() async throws {
        try await withBillgate({ $0.leeway.readLag = .seconds(30) }) { billgate async throws in
            let id = try await billgate.makeReceipt("1")
            #expect(try await billgate.call("GET", "/v1/receipts").texts("id") == [id])
            #expect(try await billgate.call("GET", "/v1/receipts/\(id)").status == 404)
            await billgate.simulator.advanceClock(by: .seconds(31))
            #expect(try await billgate.call("GET", "/v1/receipts/\(id)").status == 200)
        }
    }

    @Test("a new customer may be missing from the list of its code")
    func customerLag() async throws {
        try await withBillgate({ $0.leeway.customerListLag = .seconds(30) }) { billgate async throws in
            _ = try await billgate.make("/v1/customers", BillgateExamples.customer)
            let path = "/v1/customers?customer_code=BG-CUS-001"
            #expect(try await billgate.call("GET", path).texts("id").isEmpty)
            await billgate.simulator.advanceClock(by: .seconds(31))
            #expect(try await billgate.call("GET", path).texts("id").count == 1)
        }
    }

    @Test("documents of others fill the lists and are issued in order, but nobody is told of them")
    func foreign() async throws {
        try await withBillgate({ $0.leeway.listOrder = .oldest }) { billgate async throws in
            await billgate.simulator.addForeignDocuments(250, overDays: 10)
            try await make(["MINE"], billgate)
            let list = try await billgate.call("GET", "/v1/receipts?offset=200&limit=100")
            #expect(list.texts("number").last == "MINE" && list.texts("number").count == 51)
            let dates = try await billgate.call("GET", "/v1/receipts?limit=100").texts("issue_date")
            #expect(dates == dates.sorted() && Set(dates).count > 3)
            #expect(await billgate.simulator.totals.made == [.receipt: 1])
            #expect(await billgate.simulator.documentsByNumber(.receipt) == ["MINE": 1])
        }
    }

    @Test(
        "invoices are narrowed by status and by the time of issue and payment",
        arguments: [
            ("status=paid", ["B"]), ("status=pending", ["C"]), ("status=unpaid", ["A", "C", "D"]),
            ("status=overdue", ["A", "D"]), ("status=sent", ["A"]), ("status=rejected", ["D"]),
            ("start=2021-01-19%2000:00:00&end=2021-01-19%2023:59:59", ["A", "B", "C", "D"]),
            ("start=2021-01-20+00:00:00", []), ("end=2021-01-18%2023:59:59", []),
            ("payment_start=2021-01-19%2013:00:00&payment_end=2021-01-19%2013:00:00", ["B"]),
            ("payment_start=2021-01-19%2013:00:01", []), ("status=paid&payment_end=2021-01-19%2012:59:59", []),
        ])
    func filters(query: String, numbers: [String]) async throws {
        try await withBillgate({ $0.leeway.listOrder = .number }) { billgate async throws in
            for number in ["A", "B", "C", "D"] {
                let id = try await billgate.makeInvoice(number)
                let path = "/v1/invoices/\(id)/"
                switch number {
                case "B": try await billgate.call("POST", path + "paid", BillgateExamples.paid)
                case "C": try await billgate.simulator.setStatus(.pendingApproval, ofInvoice: id)
                case "D":
                    try await billgate.simulator.setStatus(.pendingApproval, ofInvoice: id)
                    try await billgate.call("POST", path + "decline_payment", BillgateExamples.decline)
                default: break
                }
            }
            #expect(try await billgate.call("GET", "/v1/invoices?" + query).texts("number") == numbers)
        }
    }
}
