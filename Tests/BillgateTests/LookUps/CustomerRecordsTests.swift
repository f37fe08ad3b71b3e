import Foundation
import JSON
import RemoteServices
import Sales
import Simulators
import Synchronization
import Testing

@testable import Billgate

@Suite(.timeLimit(.minutes(1))) struct CustomerRecordsTests {
    private func record(taxNumber: String? = nil) throws -> CustomerRecord {
        let event = try Fixture.event(more: #","buyer":\#(Fixture.company)"#)
        let request = RegistrationRequest(event, under: Fixture.terms).bytes
        guard var customer = WantedDocument(request, kind: .taxInvoice)?.customer, let branch = BranchID("00001") else {
            throw FixtureError()
        }
        if let taxNumber { customer["tax_number"] = .string(taxNumber) }
        return try #require(CustomerRecord(customer, branch: branch))
    }

    /// Records whose clock and the simulator's are turned together.
    private func withRecords(
        _ leeway: BillgateSimulator.Leeway = .init(),
        _ body: (BillgateSimulator, CustomerRecords, CustomerRecord, _ wait: @Sendable (Duration) async -> Void)
            async throws -> Void
    ) async throws {
        let record = try record()
        try await withBillgate(leeway: leeway, timeout: .seconds(2)) { billgate, service in
            let now = Mutex(ContinuousClock.now)
            let records = CustomerRecords(client: service.client, observer: ServiceObserver()) {
                now.withLock(\.self)
            }
            try await body(billgate, records, record) { duration in
                now.withLock { $0 += duration }
                await billgate.advanceClock(by: duration)
            }
        }
    }

    private func rest(_ records: CustomerRecords, _ record: CustomerRecord) async -> Duration? {
        do throws(CustomerRecords.Fault) {
            _ = try await records.id(of: record)
        } catch {
            if case .unsettled(let rest) = error { return rest }
        }
        return nil
    }

    @Test("many sales to one branch at once make one record, though lists are late")
    func atOnce() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.customerListLag = .seconds(60)
        try await withRecords(leeway) { billgate, records, record, _ in
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<8 { group.addTask { try await records.id(of: record) } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(await billgate.totals.customersMade == 1)
        }
    }

    @Test("after a kill none is made before that would show which was on its way")
    func afterAKill() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.customerListLag = .seconds(15)
        let record = try record()
        try await withBillgate(leeway: leeway, timeout: .seconds(2)) { billgate, service in
            let now = Mutex(ContinuousClock.now)
            func records() -> CustomerRecords {
                CustomerRecords(client: service.client, observer: ServiceObserver()) { now.withLock(\.self) }
            }
            // The answer never came to be known.
            let id = try await records().id(of: record)
            let next = records()
            await next.resumeAfterInterruption()
            let rest = try #require(await rest(next, record))
            #expect(await billgate.totals.customersMade == 1)
            now.withLock { $0 += rest }
            await billgate.advanceClock(by: rest)
            #expect(try await next.id(of: record) == id)
            #expect(await billgate.totals.customersMade == 1)
        }
    }

    @Test("one that may have been made is left alone, and then found")
    func unanswered() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.customerListLag = .seconds(15)
        try await withRecords(leeway) { billgate, records, record, wait in
            await billgate.inject(.init(.loseAnswerAfterActing, operation: .createCustomer, times: 1))
            await #expect(throws: CustomerRecords.Fault.self) { try await records.id(of: record) }
            await wait(.seconds(5))
            #expect(await rest(records, record) == .seconds(15))
            await wait(.seconds(15))
            _ = try await records.id(of: record)
            #expect(await billgate.totals.customersMade == 1)
        }
    }

    @Test("a code that is taken is looked for again, and refused if nobody shows who has it")
    func taken() async throws {
        var leeway = BillgateSimulator.Leeway()
        (leeway.takenCustomerCode, leeway.customerListLag) = (.conflict, .seconds(1_000))
        try await withRecords(leeway) { billgate, records, record, wait in
            await billgate.inject(.init(.loseAnswerAfterActing, operation: .createCustomer, times: 1))
            _ = try? await records.id(of: record)
            await wait(.seconds(700))
            #expect(await rest(records, record) == .seconds(20))
            await wait(.seconds(20))
            let error = await #expect(throws: CustomerRecords.Fault.self) { try await records.id(of: record) }
            if case .taken? = error {
            } else {
                Issue.record("expected a code that is taken, found \(String(describing: error))")
            }
            #expect(await billgate.totals.customersMade == 1)
        }
    }

    @Test("a record is found in a list that does not heed the code, and whatever else its address has")
    func unfiltered() async throws {
        var leeway = BillgateSimulator.Leeway()
        (leeway.lists.filtersCustomerCode, leeway.lists.pageCap, leeway.listOrder) = (false, 3, .oldest)
        leeway.answers.addsAddressMembers = true
        try await withRecords(leeway) { billgate, records, record, wait in
            for index in 0..<7 {
                _ = try await records.id(of: try self.record(taxNumber: "010556100001\(index)"))
            }
            let id = try await records.id(of: record)
            await wait(.seconds(601))
            #expect(try await records.id(of: record) == id)
            #expect(await billgate.totals.customersMade == 8)
        }
    }
}
