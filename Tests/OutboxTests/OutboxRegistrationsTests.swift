import Foundation
import Journey
import Outbox
import Sales
import Testing

@Suite struct OutboxRegistrationsTests {
    private let failure = Failure(code: "Gateway::Unanswered", message: "no answer", at: Fixture.now)

    @Test("customers who wait come first, then the backlog, oldest first")
    func order() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("OLD-2", receivedAt: Fixture.now - 100))
            _ = try await outbox.accepted(Fixture.sale("OLD-1", receivedAt: Fixture.now - 200))
            _ = try await outbox.accepted(Fixture.sale("LIVE"))
            let owed = try await outbox.beginRegistrations(at: Fixture.now, limit: 10, excluding: [])
            #expect(owed.map(\.id.text) == ["LIVE", "OLD-1", "OLD-2"])
            let oldest = try await outbox.beginRegistrations(
                at: Fixture.now, limit: 1, excluding: [], oldestFirst: true)
            #expect(oldest.map(\.id.text) == ["OLD-1"])
            let rest = try await outbox.beginRegistrations(at: Fixture.now, limit: 2, excluding: [owed[0].seq])
            #expect(rest.map(\.id.text) == ["OLD-1", "OLD-2"])
        }
    }

    @Test("what was put off is due at its time, and what is settled is owed no more")
    func due() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let later = Fixture.now + 60
            try await outbox.apply(
                [.attemptBegan, .deferred(failure, until: later, mayHaveActed: true)], to: record.seq, at: Fixture.now)
            #expect(try await outbox.beginRegistrations(at: later - 1, limit: 1, excluding: []).isEmpty)
            #expect(try await outbox.nextRegistrationDue(after: Fixture.now) == later)
            let owed = try await outbox.beginRegistrations(at: later, limit: 1, excluding: [])
            #expect(owed.first?.machine.mayBeInitiated == true)
            #expect(owed.first?.slimeData == Array("{\"id\":\"A\"}".utf8))
            try await outbox.apply(
                [.attemptBegan, .initiated, .linked(serviceURL: "https://x/y")], to: record.seq, at: Fixture.now)
            #expect(try await outbox.beginRegistrations(at: .distantFuture, limit: 1, excluding: []).isEmpty)
            #expect(try await outbox.nextRegistrationDue(after: Fixture.now) == nil)
        }
    }

    @Test("an event that does not fit is refused and changes nothing")
    func illegal() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.apply(
                    [.attemptBegan, .linked(serviceURL: "https://x/y")], to: record.seq, at: Fixture.now)
            }
            #expect(error?.code == .conflict)
            #expect(try await outbox.sale(record.id).registration == record.registration)
        }
    }

    @Test("a retry builds the data anew and is refused once the sale is registered")
    func retry() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            try await outbox.apply([.attemptBegan, .rejected(failure)], to: record.seq, at: Fixture.now)
            let event = try Fixture.event("A")
            let again = try await outbox.retry(
                record.id, event: event, slimeData: [1, 2], adopting: false, at: Fixture.now + 5)
            #expect(again.registration.state == .pending)
            let owed = try await outbox.beginRegistrations(at: Fixture.now + 5, limit: 1, excluding: [])
            #expect(owed.first?.slimeData == [1, 2])
            try await outbox.apply(
                [.attemptBegan, .initiated, .linked(serviceURL: "https://x/y")], to: record.seq, at: Fixture.now)
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.retry(record.id, event: event, slimeData: [3], adopting: false, at: Fixture.now)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test("a hold outlives the process and is lifted by a retry")
    func hold() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let first = try Outbox(path: path)
            let record = try await first.accepted(Fixture.sale("A"))
            let held = AccountState(condition: .held, failure: failure, since: Fixture.now)
            try await first.setAccount(held)
            try first.close()
            let second = try Outbox(path: path)
            #expect(try await second.account() == held)
            _ = try await second.retry(
                record.id, event: Fixture.event("A"), slimeData: [], adopting: false, at: Fixture.now)
            #expect(try await second.account() == .up)
            try second.close()
        }
    }
}
