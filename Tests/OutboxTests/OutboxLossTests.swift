import Foundation
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

@Suite struct OutboxLossTests {
    /// Sales are issued at 03:15 UTC.
    private static let issued = Date(timeIntervalSince1970: 1_795_144_500)

    private func accept(_ id: String, tellsRepeats: Bool, in outbox: Outbox) async throws -> SaleRecord {
        let sale = try Fixture.sale(id)
        var job = Fixture.job(id)
        job.tellsRepeats = tellsRepeats
        let record = try await outbox.accepted(
            NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival))
        #expect(try await outbox.sale(record.id) == record)
        return record
    }

    @Test("a sale that a lost database may have had is looked for first, where a repeat would make a second document")
    func mayHaveHad() async throws {
        try await withOutbox { outbox, _ in
            let first = try await accept("A", tellsRepeats: false, in: outbox)
            #expect(!first.registration.machine.mayHaveActed, "nothing was lost")
            // The clock of a till may be a little ahead.
            for (id, lossAt, isLookedFor) in [("B", 0.0, true), ("C", -240, true), ("D", -360, false)] {
                try await outbox.recordLoss(at: Self.issued + lossAt)
                let record = try await accept(id, tellsRepeats: false, in: outbox)
                #expect(record.registration.machine.mayHaveActed == isLookedFor)
                #expect(record.registration.nextAttemptAt == Fixture.now && record.registration.attempts == 0)
            }
            try await outbox.recordLoss(at: Fixture.now)
            #expect(try await accept("E", tellsRepeats: false, in: outbox).registration.machine.mayHaveActed)
            #expect(try await !accept("F", tellsRepeats: true, in: outbox).registration.machine.mayHaveActed)
        }
    }

    @Test("the time of the loss is as the machine's clock shows it")
    func shown() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let outbox = try Outbox(path: path, shownAhead: { 3_600 })
            try await outbox.recordLoss(at: Self.issued - 3_600)
            #expect(try await accept("A", tellsRepeats: false, in: outbox).registration.machine.mayHaveActed)
            try outbox.close()
        }
    }
}
