import Foundation
import Testing

@testable import Simulators

/// What the page leaves open of lists, each way.
@Suite(.timeLimit(.minutes(1)))
struct ListLeewayTests {
    private typealias Leeway = BillgateSimulator.Leeway

    private func list(_ billgate: BillgateCaller, _ query: String) async throws -> BillgateCaller.Answer {
        try await billgate.call("GET", "/v1/receipts" + query)
    }

    @Test(
        "what next counts on a full page and on the last one",
        arguments: [
            (Leeway.PageStep.limit, 4, nil), (.rest, 4, nil), (.zero, 0, 0), (.null, nil, nil), (.absolute, 6, nil),
            (.beyond, 41, nil),
        ] as [(BillgateSimulator.Leeway.PageStep, Int?, Int?)])
    func next(step: BillgateSimulator.Leeway.PageStep, full: Int?, last: Int?) async throws {
        try await withBillgate({ $0.leeway.pageStep = step }) { billgate async throws in
            await billgate.simulator.addForeignDocuments(10)
            #expect(try await list(billgate, "?offset=2&limit=4").json["next"] as? Int == full)
            #expect(try await list(billgate, "?offset=6&limit=4").json["next"] as? Int == last)
        }
    }

    @Test(
        "the total of a list may be nothing, or missing",
        arguments: [(Leeway.Lists.Total.exact, 3), (.zero, 0), (.absent, nil)]
            as [(BillgateSimulator.Leeway.Lists.Total, Int?)])
    func total(rule: BillgateSimulator.Leeway.Lists.Total, shown: Int?) async throws {
        try await withBillgate({ $0.leeway.lists.total = rule }) { billgate async throws in
            await billgate.simulator.addForeignDocuments(3)
            let page = try await list(billgate, "")
            #expect(page.json["total"] as? Int == shown && page.texts("id").count == 3)
        }
    }

    @Test("a page may be shorter than asked for, though there is more")
    func cap() async throws {
        try await withBillgate({ $0.leeway.lists.pageCap = 4 }) { billgate async throws in
            await billgate.simulator.addForeignDocuments(10)
            let page = try await list(billgate, "?limit=100")
            #expect(page.texts("id").count == 4 && page.json["next"] as? Int == 4)
            #expect(try await list(billgate, "?limit=3").texts("id").count == 3)
        }
    }

    @Test("some may be in no page, between one and the next")
    func borders() async throws {
        try await withBillgate({
            $0.leeway.lists.lostAtBorders = 2
            $0.leeway.listOrder = .oldest
        }) { billgate async throws in
            await billgate.simulator.addForeignDocuments(10)
            #expect(try await list(billgate, "?limit=4").texts("number").last == "OTHER-4")
            #expect(try await list(billgate, "?offset=4&limit=4").texts("number").first == "OTHER-7")
        }
    }

    @Test("an unstable list has the newest day first, and the order within a day is another at every call")
    func unstable() async throws {
        try await withBillgate({ $0.leeway.listOrder = .unstable }) { billgate async throws in
            await billgate.simulator.addForeignDocuments(90, overDays: 2)
            let (one, other) = (try await list(billgate, "?limit=100"), try await list(billgate, "?limit=100"))
            #expect(one.texts("issue_date") == one.texts("issue_date").sorted(by: >))
            #expect(one.texts("id") != other.texts("id") && Set(one.texts("id")) == Set(other.texts("id")))
        }
    }

    @Test(
        "a day of issue begins seven hours before it in a list that is read by UTC",
        arguments: [
            (Leeway.Lists.Zone.bangkok, "2021-01-19", 1), (.utc, "2021-01-19", 0), (.utc, "2021-01-18", 1),
        ])
    func zone(zone: BillgateSimulator.Leeway.Lists.Zone, day: String, count: Int) async throws {
        try await withBillgate({ $0.leeway.lists.zone = zone }) { billgate async throws in
            _ = try await billgate.makeInvoice()
            let query = "start=\(day)%2000:00:00&end=\(day)%2023:59:59"
            #expect(try await billgate.call("GET", "/v1/invoices?" + query).texts("id").count == count)
        }
    }

    @Test("a customer's code may narrow nothing, and may be taken")
    func customers() async throws {
        try await withBillgate({
            $0.leeway.lists.filtersCustomerCode = false
            $0.leeway.takenCustomerCode = .conflict
        }) { billgate async throws in
            _ = try await billgate.make("/v1/customers", BillgateExamples.customer)
            #expect(try await billgate.call("GET", "/v1/customers?customer_code=x").texts("id").count == 1)
            #expect(try await billgate.call("POST", "/v1/customers", BillgateExamples.customer).status == 409)
            #expect(await billgate.simulator.customersByCode() == ["BG-CUS-001": 1])
        }
    }

    @Test(
        "the day before a day is in the calendar",
        arguments: [("2021-03-01", "2021-02-28"), ("2021-01-01", "2020-12-31")])
    func dayBefore(day: String, before: String) {
        #expect(CivilDay(day)?.dayBefore.text == before)
    }
}
