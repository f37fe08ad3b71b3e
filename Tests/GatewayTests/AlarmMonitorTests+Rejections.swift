import Dispatch
import Foundation
import Journey
import Logging
import Monitoring
import PrintQueue
import Printing
import Runtime
import Sales
import Synchronization
import TestRuntime
import Testing

@testable import Gateway
@testable import Outbox

// Sales and tax invoices that the provider refuses.
extension AlarmMonitorTests {
    @Test("a rejected sale needs a hand until somebody acknowledges it, and again once it is rejected anew")
    func rejected() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            try await reject("A", in: shop)
            #expect(await codes(alarmMonitor) == [.salesRejected])
            shop.time.advance(by: 30 * 86_400)
            #expect(await codes(alarmMonitor) == [.salesRejected])
            try await alarmMonitor.acknowledge(.salesRejected, of: nil)
            #expect(await codes(alarmMonitor) == [])
            try await reject("B", in: shop)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect(
                alarm.text.hasPrefix(
                    "1 sale is rejected (the last at Slime: SchemaViolation): nothing goes on by itself."))
            #expect(alarm.count == 1 && alarm.service == "slime" && alarm.reason == "SchemaViolation")
            try await alarmMonitor.acknowledge(.salesRejected, of: nil)
            #expect(await codes(alarmMonitor) == [])
            #expect(await alarmMonitor.report(within: .seconds(20)).figures?.rejected == 2)
            let again = try await shop.outbox.sale(try #require(TransactionID("B")))
            let failure = Failure(code: "SchemaViolation", message: "no", at: shop.time.now)
            try await shop.outbox.apply(
                [.retried(JobRetry(), at: shop.time.now), .attemptBegan, .rejected(failure)],
                toJob: again.registration.job,
                at: shop.time.now)
            #expect(await codes(alarmMonitor) == [.salesRejected])
        }
    }

    @Test("a later tax invoice that is rejected needs a hand as a sale does, and its sale is named")
    func rejectedInvoice() async throws {
        try await watch { shop, alarmMonitor, _, _ in
            let id = try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            let job = try await shop.outbox.sale(id).registration.job
            try await shop.outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://secret.example/u")], toJob: job, at: shop.time.now)
            #expect(await codes(alarmMonitor) == [])
            let new = NewJob(kind: .saleInvoice, service: .slime, key: id.text, request: [])
            let asked = try await shop.outbox.requestInvoice(of: id, with: new, at: shop.time.now)
            let failure = Failure(code: "Billgate::422", message: "secret", at: shop.time.now)
            try await shop.outbox.apply([.attemptBegan, .rejected(failure)], toJob: asked.job, at: shop.time.now)
            let alarm = try #require(await alarms(alarmMonitor).first)
            #expect((alarm.code, alarm.count, alarm.reason) == (.salesRejected, 1, "Billgate::422"))
            #expect(
                alarm.text.hasPrefix(
                    "1 later tax invoice (of A) is rejected (the last at Slime: Billgate::422): nothing"))
            #expect(alarm.text.contains("kamkap tax-invoice ID") && !alarm.text.contains("kamkap retry"))
            try await reject("B", in: shop)
            let both = try #require(await alarms(alarmMonitor).first)
            #expect(both.count == 2 && both.text.hasPrefix("1 sale and 1 later tax invoice (of A) are rejected"))
            try await alarmMonitor.acknowledge(.salesRejected, of: nil)
            #expect(await codes(alarmMonitor) == [])
        }
    }
}
