import Foundation
import Journey
import Outbox
import Sales
import TestOutbox
import Testing

@Suite struct OutboxJobsTests {
    private static let other = ServiceName(rawValue: "other")
    private let failure = Failure(code: "Gateway::Unanswered", message: "no answer", at: Fixture.now)

    @Test("customers who wait come first, then the backlog, oldest first")
    func order() async throws {
        try await withOutbox { outbox, _ in
            _ = try await outbox.accepted(Fixture.sale("OLD-2", receivedAt: Fixture.now - 100))
            _ = try await outbox.accepted(Fixture.sale("OLD-1", receivedAt: Fixture.now - 200))
            _ = try await outbox.accepted(Fixture.sale("LIVE"))
            let owed = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 10))
            #expect(owed.map(\.key) == ["LIVE", "OLD-1", "OLD-2"])
            let oldest = try await outbox.beginJobs(
                of: .slime, at: Fixture.now, within: JobLimits(all: 1, oldestFirst: true))
            #expect(oldest.map(\.key) == ["OLD-1"])
            let rest = try await outbox.beginJobs(
                of: .slime, at: Fixture.now, within: JobLimits(all: 2, excluding: [owed[0].seq]))
            #expect(rest.map(\.key) == ["OLD-1", "OLD-2"])
        }
    }

    @Test("what was put off is due at its time, and what is settled is owed no more")
    func due() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let later = Fixture.now + 60
            try await outbox.apply(
                [.attemptBegan, .deferred(failure, until: later, mayHaveActed: true)], toJob: record.registration.job,
                at: Fixture.now)
            #expect(try await outbox.beginJobs(of: .slime, at: later - 1, within: JobLimits(all: 1)).isEmpty)
            #expect(try await outbox.nextJobDue(of: .slime, after: Fixture.now) == later)
            let owed = try await outbox.beginJobs(of: .slime, at: later, within: JobLimits(all: 1))
            #expect(owed.first?.machine.mayHaveActed == true)
            #expect(owed.first?.request == Array("{\"id\":\"A\"}".utf8))
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://x/y")], toJob: record.registration.job, at: Fixture.now
            )
            #expect(try await outbox.beginJobs(of: .slime, at: .distantFuture, within: JobLimits(all: 1)).isEmpty)
            #expect(try await outbox.nextJobDue(of: .slime, after: Fixture.now) == nil)
        }
    }

    @Test("an event that does not fit is refused and changes nothing")
    func illegal() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.apply(
                    [.attemptBegan, .done(result: "https://x/y")], toJob: record.registration.job, at: Fixture.now)
            }
            #expect(error?.code == .conflict)
            #expect(try await outbox.sale(record.id).registration == record.registration)
        }
    }

    @Test("a retry builds the data anew and is refused once the sale is registered")
    func retry() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            try await outbox.apply(
                [.attemptBegan, .rejected(failure)], toJob: record.registration.job, at: Fixture.now)
            let again = try await outbox.retry(
                record.id, with: Fixture.job("A", request: [1, 2], context: "x"), at: Fixture.now + 5)
            #expect(again.registration.state == .pending)
            let owed = try await outbox.beginJobs(of: .slime, at: Fixture.now + 5, within: JobLimits(all: 1))
            #expect(owed.first?.request == [1, 2])
            #expect(owed.first?.context == "x")
            try await outbox.apply(
                [.attemptBegan, .begun(), .done(result: "https://x/y")], toJob: record.registration.job, at: Fixture.now
            )
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.retry(record.id, with: Fixture.job("A"), at: Fixture.now)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test("a retry keeps what may have been sent of a sale that only waits, and sends none to another service")
    func retryWaiting() async throws {
        try await withOutbox { outbox, _ in
            let record = try await outbox.accepted(Fixture.sale("A"))
            _ = try await outbox.retry(
                record.id, with: Fixture.job("A", request: [1, 2]), at: Fixture.now)
            let owed = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1))
            #expect(owed.first?.request == Fixture.job("A").request)
            let job = NewJob(kind: .registration, service: Self.other, key: "A", request: [])
            let error = await #expect(throws: OutboxError.self) {
                try await outbox.retry(record.id, with: job, at: Fixture.now)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test("a sale goes to another service with that one's request, and wakes both; none that may be at the first does")
    func moved() async throws {
        try await withOutbox { outbox, _ in
            let (first, second) = (
                try await outbox.accepted(Fixture.sale("A")), try await outbox.accepted(Fixture.sale("B"))
            )
            let job = NewJob(kind: .registration, service: Self.other, key: "A", request: [9], context: "theirs")
            try await outbox.apply([.attemptBegan, .rejected(failure)], toJob: first.registration.job, at: Fixture.now)
            let ticks = [ServiceName.slime, Self.other].map { outbox.changes.ticks(of: .jobs(of: $0)) }
            let moved = try await outbox.retry(first.id, with: job, as: JobRetry(.moving), at: Fixture.now + 5)
            #expect(moved.registration.provider == Self.other && moved.registration.lastError == nil)
            #expect(moved.registration.machine == JobMachine(dueAt: Fixture.now + 5))
            for ticks in ticks {
                var woken = ticks.makeAsyncIterator()
                #expect(await woken.next() != nil)
            }
            let owed = try await outbox.beginJobs(of: Self.other, at: Fixture.now + 5, within: JobLimits(all: 9))
            #expect(owed.map(\.request) == [[9]] && owed.first?.context == "theirs")
            #expect(try await outbox.pendingCount(of: .slime, atMost: 9) == 1)

            try await outbox.apply(
                [.attemptBegan, .deferred(failure, until: Fixture.now, mayHaveActed: true)],
                toJob: second.registration.job, at: Fixture.now)
            for (sale, target) in [("A", ServiceName.slime), ("B", Self.other), ("B", .slime)] {
                let job = NewJob(kind: .registration, service: target, key: sale, request: [])
                let error = await #expect(throws: OutboxError.self) {
                    try await outbox.retry(Fixture.id(sale), with: job, as: JobRetry(.moving), at: Fixture.now)
                }
                #expect(error?.code == .conflict)
            }
            #expect(try await outbox.sale(second.id).registration.provider == .slime)
        }
    }

    @Test("what may have been sent is known as it was built, and what surely was not is not")
    func sentRegistration() async throws {
        try await withOutbox { outbox, _ in
            let sale = try Fixture.sale("A")
            let job = Fixture.job("A", request: [7], context: "theirs")
            let record = try await outbox.accepted(
                NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival))
            #expect(try await outbox.sentRegistration(of: record.id) == nil)
            try await outbox.apply([.attemptBegan], toJob: record.registration.job, at: Fixture.now)
            #expect(try await outbox.sentRegistration(of: record.id) == job)
            try await outbox.apply([.rejected(failure)], toJob: record.registration.job, at: Fixture.now)
            #expect(try await outbox.sentRegistration(of: record.id) == nil, "it was refused")
            _ = try await outbox.retry(record.id, with: job, at: Fixture.now)
            try await outbox.apply(
                [.attemptBegan, .deferred(failure, until: Fixture.now, mayHaveActed: true)],
                toJob: record.registration.job, at: Fixture.now)
            #expect(try await outbox.sentRegistration(of: record.id) == job)
        }
    }

    @Test("the services that owe sales anything are known by name, not those that owe only documents")
    func owingServices() async throws {
        try await withOutbox { outbox, _ in
            #expect(try await outbox.owingServices() == [])
            for (id, service) in [("A", Self.other), ("B", .slime), ("C", .slime), ("D", Self.other)] {
                let sale = try Fixture.sale(id)
                let job = NewJob(kind: .registration, service: service, key: id, request: [])
                _ = try await outbox.accepted(
                    NewSale(event: sale.event, registration: job, printer: nil, arrival: sale.arrival))
            }
            #expect(try await outbox.owingServices() == [Self.other, .slime])
            for id in ["A", "D"] {
                let job = try await outbox.sale(Fixture.id(id)).registration.job
                let event: JobMachine.Event =
                    id == "A" ? .rejected(failure) : .deferred(failure, until: .distantFuture, mayHaveActed: false)
                try await outbox.apply([.attemptBegan, event], toJob: job, at: Fixture.now)
            }
            #expect(try await outbox.owingServices() == [Self.other, .slime])
            let last = try await outbox.sale(Fixture.id("D")).registration.job
            try await outbox.apply([.attemptBegan, .rejected(failure)], toJob: last, at: Fixture.now)
            #expect(try await outbox.owingServices() == [.slime])
        }
    }

    @Test("a worker is given its own service's jobs, with all that was kept of each")
    func services() async throws {
        try await withOutbox { outbox, _ in
            let sale = try Fixture.sale("B")
            let theirs = NewJob(
                kind: .registration, service: Self.other, key: "B", request: [9], context: "own theme")
            _ = try await outbox.accepted(Fixture.sale("A"))
            let record = try await outbox.accepted(
                NewSale(event: sale.event, registration: theirs, printer: nil, arrival: sale.arrival))
            #expect(record.registration.provider == Self.other)
            #expect(try await outbox.pendingCount(of: Self.other, atMost: 9) == 1)
            let job = try #require(
                try await outbox.beginJobs(of: Self.other, at: Fixture.now, within: JobLimits(all: 9)).first)
            #expect((job.seq, job.kind, job.service) == (record.registration.job, .registration, Self.other))
            #expect((job.saleSeq, job.sale?.id) == (record.seq, record.id))
            #expect(job.sale?.totals == record.totals)
            #expect((job.key, job.request, job.context) == ("B", [9], "own theme"))
            #expect((job.liveUntil, job.agedFrom) == (Fixture.now + 3, Fixture.now))
            #expect(job.machine.hasOpenAttempt)
            #expect(job.priority(at: Fixture.now) == .till && job.priority(at: Fixture.now + 3) == .backlog)
            try await outbox.apply(
                [.begun(remoteID: "T-7"), .done(result: "https://x/y")], toJob: job.seq, at: Fixture.now)
            let registration = try await outbox.sale(record.id).registration
            #expect((registration.state, registration.link) == (.ready, "https://x/y"))
            #expect(registration.machine.remoteID == "T-7")
            #expect(try await outbox.pendingCount(of: .slime, atMost: 9) == 1)
        }
    }

    @Test("a hold outlives the process and is lifted by a retry")
    func hold() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("outbox.sqlite").path
            let first = try Outbox(path: path)
            let record = try await first.accepted(Fixture.sale("A"))
            let held = AccountState(condition: .held, failure: failure, since: Fixture.now)
            try await first.setAccount(held, of: .slime)
            try first.close()
            let second = try Outbox(path: path)
            #expect(try await second.account(of: .slime) == held)
            #expect(try await second.account(of: Self.other) == .up)
            _ = try await second.retry(record.id, with: Fixture.job("A"), at: Fixture.now)
            #expect(try await second.account(of: .slime) == .up)
            try second.close()
        }
    }

    @Test("how a search stands is kept, and an attempt after one that was killed knows of it")
    func search() async throws {
        try await withOutbox { outbox, _ in
            let job = try await outbox.accepted(Fixture.sale("A")).registration.job
            let first = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1))
            #expect(first.map(\.followsInterruption) == [false])
            let second = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1))
            #expect(second.map(\.followsInterruption) == [true] && second.first?.machine.mayHaveActed == true)
            for _ in 1...2 {
                try await outbox.apply([.absent(failure, until: Fixture.now)], toJob: job, at: Fixture.now)
            }
            let third = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1))
            #expect(third.first?.machine.search == JobSearch(absences: 2))
            #expect(third.map(\.followsInterruption) == [false])
            let fourth = try await outbox.beginJobs(of: .slime, at: Fixture.now, within: JobLimits(all: 1))
            #expect(fourth.first?.machine.search == JobSearch(absences: 0, repeats: 1))
            let stored = try await outbox.sale(try #require(TransactionID("A"))).registration.machine
            #expect(stored == fourth.first?.machine)
        }
    }
}
