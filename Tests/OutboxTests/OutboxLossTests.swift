import Foundation
import GRDB
import Journey
import Sales
import TestOutbox
import Testing

@testable import Outbox

/// What a database keeps of its beginning, and what that means for sales that another before it may have had.
@Suite struct OutboxLossTests {
    /// Sales are issued at 03:15 UTC.
    private static let issued = Date(timeIntervalSince1970: 1_795_144_500)
    private static let other = ServiceName(rawValue: "other")

    private func accept(_ id: String, tellsRepeats: Bool = false, in outbox: Outbox) async throws -> SaleRecord {
        let sale = try Fixture.sale(id)
        var job = Fixture.job(id)
        job.tellsRepeats = tellsRepeats
        let record = try await outbox.accepted(
            NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival))
        #expect(try await outbox.sale(record.id) == record)
        return record
    }

    private func open(
        _ births: [DatabaseBirth?], _ body: (Outbox) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            // All but the last are killed before they have done anything.
            for birth in births.dropLast() { try DatabaseOpening.open(path: path, birth: birth).close() }
            let outbox = try Outbox(path: path, birth: births.last ?? nil)
            try await body(outbox)
            try outbox.close()
        }
    }

    private static func birth(_ offset: TimeInterval, isLoss: Bool) -> DatabaseBirth {
        DatabaseBirth(at: issued + offset, isLoss: isLoss)
    }

    private static let twoLooks: JobSearch? = JobSearch()
    private static let oneLook: JobSearch? = JobSearch(absences: 1)

    private static let cases: [(DatabaseBirth, JobSearch?)] = [
        // The clock of a till may be a little ahead.
        (birth(0, isLoss: true), twoLooks), (birth(-240, isLoss: true), twoLooks),
        (birth(-360, isLoss: true), nil), (birth(86_400, isLoss: true), twoLooks),
        // The first day of a shop costs nothing, not even a sale in its first second.
        (birth(0, isLoss: false), nil), (birth(0.9, isLoss: false), nil), (birth(-240, isLoss: false), nil),
        (birth(1, isLoss: false), oneLook), (birth(86_400, isLoss: false), oneLook),
    ]

    @Test(
        "a sale that a database before this one may have had is looked for first, where a repeat would make a second document",
        arguments: cases)
    func mayHaveHad(birth: DatabaseBirth, search: JobSearch?) async throws {
        try await open([birth]) { outbox in
            let registration = try await accept("A", in: outbox).registration
            #expect(registration.machine.mayHaveActed == (search != nil))
            #expect(registration.machine.search == search ?? JobSearch())
            #expect(registration.nextAttemptAt == Fixture.now && registration.attempts == 0)
            let told = try await accept("B", tellsRepeats: true, in: outbox).registration
            #expect(told.machine == JobMachine(dueAt: Fixture.now))
        }
    }

    @Test("the beginning is kept with the tables, and no later start changes it")
    func keptWithTables() async throws {
        let (early, late) = (Self.birth(-86_400, isLoss: false), Self.birth(86_400, isLoss: true))
        for (births, search) in [
            ([late, early], Self.twoLooks), ([early, late], nil), ([nil, late], nil), ([nil], nil),
        ] as [([DatabaseBirth?], JobSearch?)] {
            try await open(births) { outbox in
                let machine = try await accept("A", in: outbox).registration.machine
                #expect(machine.mayHaveActed == (search != nil))
            }
        }
    }

    @Test("a sale that is moved to a service that cannot tell a repeat is looked for there as a new one is")
    func moved() async throws {
        for (birth, search) in [(Self.birth(60, isLoss: true), Self.twoLooks), (Self.birth(-600, isLoss: true), nil)] {
            try await open([birth]) { outbox in
                let record = try await accept("A", tellsRepeats: true, in: outbox)
                var job = NewJob(kind: .registration, service: Self.other, key: "A", request: [9])
                job.tellsRepeats = false
                let moved = try await outbox.retry(
                    record.id, with: job, as: JobRetry(.moving), at: Fixture.now + 5
                ).registration
                #expect(moved.provider == Self.other && moved.machine.mayHaveActed == (search != nil))
                #expect(moved.nextAttemptAt == Fixture.now + 5 && moved.machine.search == JobSearch())
                let owed = try await outbox.beginJobs(of: Self.other, at: Fixture.now + 5, within: JobLimits(all: 9))
                #expect(owed.map(\.request) == [[9]])
            }
        }
    }

    @Test("the tax invoice of such a sale is looked for as well")
    func invoice() async throws {
        try await open([Self.birth(60, isLoss: true)]) { outbox in
            let record = try await accept("A", in: outbox)
            try await outbox.apply(
                [.attemptBegan, .begun(remoteID: "D-1"), .done(result: "https://app.example/1")],
                toJob: record.registration.job, at: Fixture.now)
            var job = NewJob(kind: .saleInvoice, service: .slime, key: "A", request: [1])
            job.tellsRepeats = false
            #expect(try await outbox.requestInvoice(of: record.id, with: job, at: Fixture.now).machine.mayHaveActed)
        }
    }
}
