import Foundation
import Journey
import Outbox
import Sales
import TestOutbox
import Testing

@Suite struct WatchedBillTests {
    private func register(_ event: SaleEvent, in outbox: Outbox) async throws {
        let sale = try await outbox.accepted(
            Fixture.sale(event, request: Array("{}".utf8), printer: nil))
        #expect(try await outbox.sale(sale.id) == sale)
        let seq = sale.registration.job
        _ = try await outbox.beginJobs(
            of: .slime, at: Fixture.now, within: JobLimits(all: 8))
        try await outbox.apply(
            [.begun(remoteID: "bill-\(event.sale.id.text)"), .done(result: "https://a.example/1")], toJob: seq,
            at: Fixture.now)
    }

    @Test("a sale on credit has its bill watched from the commit that makes it ready, and no other sale has one")
    func credit() async throws {
        try await withOutbox { outbox, _ in
            let buyer = """
                ,"buyer":{"name":"สมชาย ใจดี","national_id":"1111111111119",\
                "address":{"house_number":"1","tambon_id":"103301","post_code":"10110"}}
                """
            for (id, extra) in [("WALK-IN", ""), ("BUYER", buyer), ("CREDIT", buyer + #","due_on":"2026-12-20""#)] {
                try await register(try Fixture.event(id, extra: extra), in: outbox)
            }
            for (id, day) in [("WALK-IN", nil), ("BUYER", nil), ("CREDIT", "2026-12-20")] {
                #expect(try await outbox.sale(Fixture.id(id)).dueOn?.text == day)
            }
            let (bill, polledAt) = try #require(try await outbox.oldestPolledBill(of: .slime))
            #expect(bill.id == "bill-CREDIT" && bill.sale?.text == "CREDIT" && bill.status == nil)
            #expect(polledAt == .distantPast)
            for id in ["bill-WALK-IN", "bill-BUYER"] { #expect(try await outbox.bill(id) == nil) }
        }
    }
}
