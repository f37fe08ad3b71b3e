import Foundation
import Sales
import TestOutbox
import Testing

@testable import Outbox
@testable import OutboxRecovery

@Suite struct BillingRecoveryTests {
    @Test("calls about bills and watched bills come back, each as it stood")
    func whole() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            var outbox = try Outbox(path: path)
            _ = try await outbox.accepted(Fixture.sale("A", printer: nil))
            for key in ["INV-1", "INV-2", "INV-3"] {
                let seq = try await outbox.begin(
                    NewBillingCall(
                        service: .billgate, verb: "bills add", key: key,
                        request: Array(repeating: UInt8(ascii: " "), count: 9_000)), at: Fixture.now)
                let bill = BillRecord(id: "id-\(key)", service: .billgate, number: key, status: "created")
                if key == "INV-1" { try await outbox.end(seq, .done(id: bill.id, bill: bill), at: Fixture.now) }
                if key == "INV-2" { try await outbox.end(seq, .unknown(code: "Gateway::Unanswered"), at: Fixture.now) }
            }
            let calls = try await outbox.billingCalls(before: nil, limit: 10)
            let bill = try #require(try await outbox.bill("id-INV-1"))
            try outbox.close()
            let terms = RecoveryTerms(provider: .slime, proofs: [.slime: RequestProof { _ in true }])
            let report = try Recovery.run(from: path, to: path + ".recovered", under: terms)
            #expect((report.sales, report.unreadRows) == (1, 0))
            outbox = try Outbox(path: path + ".recovered")
            #expect(try await outbox.billingCalls(before: nil, limit: 10) == calls)
            #expect(try await outbox.bill("id-INV-1") == bill)
            #expect(try await outbox.oldestPolledBill(of: .billgate)?.bill == bill)
            try outbox.close()
        }
    }
}
