import Foundation
import Sales
import Testing

@testable import Journey

@Suite struct JobMachineTests {
    typealias Event = JobMachine.Event

    private static let now = Date(timeIntervalSince1970: 1_795_144_500)
    private static let later = now.addingTimeInterval(60)
    private static let failure = Failure(code: "Gateway::TimedOut", message: "no answer", at: now)
    private static let exists = Failure(code: "Trade::Initiated", message: "exists", at: now)
    private static let url = "https://example.com/s/abc"

    /// A state and the call that is owed in it.
    struct Place: Sendable, Hashable, CustomTestStringConvertible {
        let state: JobMachine.State
        let step: JobMachine.Step

        init(_ state: JobMachine.State, _ step: JobMachine.Step) {
            (self.state, self.step) = (state, step)
        }

        var testDescription: String { "\(state.rawValue)/\(step.rawValue)" }
    }

    private static let places = JobMachine.State.allCases.flatMap { state in
        JobMachine.Step.allCases.map { Place(state, $0) }
    }
    private static let events: [Event] = [
        .attemptBegan, .begun(), .begun(remoteID: "T-1"), .foundExisting(exists), .done(result: url),
        .deferred(failure, until: later, mayHaveActed: false), .rejected(failure), .retried(JobRetry(), at: now),
        .continued(at: later), .absent(failure, until: later), .unlisted(failure, until: later), .documentWithdrawn,
        .wentOn, .prepared(remoteID: "U-1", at: later), .lost(failure, at: later),
        .retried(JobRetry(.adopting(remoteID: nil)), at: now),
    ]

    /// Where an event leads; nil where it is illegal.
    private static func destination(of event: Event, from place: Place, mayHaveActed: Bool) -> Place? {
        let (begin, follow) = (Place(.pending, .begin), Place(.pending, .follow))
        switch (place, event) {
        case (begin, .attemptBegan), (begin, .deferred), (begin, .continued), (begin, .absent): return begin
        case (follow, .attemptBegan), (follow, .deferred), (follow, .absent): return follow
        case (begin, .prepared), (begin, .lost), (follow, .lost): return begin
        case (begin, .unlisted): return mayHaveActed ? begin : nil
        case (Place(.rejected, .begin), .documentWithdrawn), (Place(.rejected, .follow), .documentWithdrawn):
            return Place(.rejected, .begin)
        case (Place(.done, .begin), .documentWithdrawn), (Place(.done, .follow), .documentWithdrawn): return place
        case (begin, .begun), (follow, .begun), (follow, .wentOn): return follow
        case (begin, .foundExisting): return mayHaveActed ? follow : Place(.rejected, .begin)
        case (follow, .done): return Place(.done, .follow)
        case (begin, .rejected): return Place(.rejected, .begin)
        case (follow, .rejected): return Place(.rejected, .follow)
        case (begin, .retried(let retry, _)), (follow, .retried(let retry, _)),
            (Place(.rejected, .begin), .retried(let retry, _)), (Place(.rejected, .follow), .retried(let retry, _)):
            return retry.way == .adopting(remoteID: nil) ? follow : begin
        default: return nil
        }
    }

    @Test("each state takes exactly its events, and an illegal one changes nothing", arguments: places, events)
    func everyPair(place: Place, event: Event) throws {
        for mayHaveActed in [false, true] {
            let before = JobMachine(
                state: place.state, step: place.step, history: .init(count: 3, mayHaveActed: mayHaveActed),
                nextAttemptAt: place.state == .pending ? Self.now : nil)
            var machine = before
            if let expected = Self.destination(of: event, from: place, mayHaveActed: mayHaveActed) {
                try machine.apply(event)
                #expect(Place(machine.state, machine.step) == expected)
                // Nothing is due once nothing is owed, and something always is while it is pending.
                #expect((machine.nextAttemptAt != nil) == (machine.state == .pending))
            } else {
                #expect(throws: IllegalTransition(state: place.testDescription, event: event.name)) {
                    try machine.apply(event)
                }
                #expect(machine == before)
            }
        }
    }

    @Test("the way of a job that meets no trouble")
    func straightThrough() throws {
        var machine = JobMachine(dueAt: Self.now)
        #expect(machine.nextAttemptAt == Self.now)
        #expect(Place(machine.state, machine.step) == Place(.pending, .begin))
        try machine.apply(.attemptBegan)
        #expect(machine.hasOpenAttempt)
        #expect(machine.attempts == 1)
        try machine.apply(.begun())
        #expect(!machine.hasOpenAttempt)
        try machine.apply(.done(result: Self.url))
        #expect(
            machine
                == JobMachine(
                    state: .done, step: .follow, history: .init(count: 1, mayHaveActed: true),
                    made: .init(result: Self.url)))
    }

    @Test("an attempt that goes on with the second step is one attempt, open until that is answered")
    func wentOn() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.begun(remoteID: "D-1"))
        try machine.apply(.wentOn)
        #expect(machine.hasOpenAttempt && machine.attempts == 1 && machine.step == .follow)
        var killed = machine
        try killed.apply(.attemptBegan)
        #expect(killed.step == .follow && killed.remoteID == "D-1" && killed.search == JobSearch())
        for end in [
            Event.done(result: Self.url), .deferred(Self.failure, until: Self.later, mayHaveActed: false),
            .absent(Self.failure, until: Self.later), .rejected(Self.failure), .begun(remoteID: "D-1"),
        ] {
            var ended = machine
            try ended.apply(end)
            #expect(!ended.hasOpenAttempt && ended.attempts == 1 && ended.mayHaveActed)
        }
    }

    @Test("what is continued is owed again at its time, with nothing on record of the part that is done")
    func continued() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: true))
        try machine.apply(.attemptBegan)
        try machine.apply(.continued(at: Self.later))
        #expect(machine == JobMachine(dueAt: Self.later))
    }

    @Test("a transaction found under our id is a stranger's when nothing of ours was ever sent")
    func strangersTransaction() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.foundExisting(Self.exists))
        #expect(machine.state == .rejected)
        #expect(machine.lastError == Self.exists)
        #expect(machine.nextAttemptAt == nil)
        #expect(!machine.hasOpenAttempt)
    }

    @Test(
        "after a first attempt it is ours only if that attempt may have reached the service",
        arguments: [(true, JobMachine.State.pending), (false, .rejected)])
    func afterDeferral(mayHaveActed: Bool, expected: JobMachine.State) throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: mayHaveActed))
        #expect(machine.lastError == Self.failure)
        #expect(machine.nextAttemptAt == Self.later)
        try machine.apply(.attemptBegan)
        try machine.apply(.foundExisting(Self.exists))
        #expect(machine.state == expected)
        #expect(machine.step == (mayHaveActed ? .follow : .begin))
    }

    @Test("what may have been sent once is remembered through later attempts that certainly were not")
    func remembered() throws {
        var machine = JobMachine(dueAt: Self.now)
        for mayHaveActed in [true, false, false] {
            try machine.apply(.attemptBegan)
            try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: mayHaveActed))
        }
        try machine.apply(.attemptBegan)
        try machine.apply(.foundExisting(Self.exists))
        #expect(Place(machine.state, machine.step) == Place(.pending, .follow))
        #expect(machine.attempts == 4)
    }

    @Test("an attempt left open by a crash may have reached the service, so what is found there is ours")
    func afterCrash() throws {
        var crashed = JobMachine(dueAt: Self.now)
        try crashed.apply(.attemptBegan)
        #expect(!crashed.mayHaveActed)
        // As it is read back at start-up.
        var machine = JobMachine(
            state: crashed.state, step: crashed.step, history: crashed.history, nextAttemptAt: crashed.nextAttemptAt)
        #expect(machine == crashed)
        try machine.apply(.attemptBegan)
        #expect(machine.mayHaveActed)
        try machine.apply(.foundExisting(Self.exists))
        #expect(Place(machine.state, machine.step) == Place(.pending, .follow))
        #expect(machine.attempts == 2)
    }

    @Test("a job waits apart until something comes of it, or a person sends it again")
    func apart() throws {
        var machine = JobMachine(dueAt: Self.now)
        func failed(_ machine: JobMachine, apart: Bool) throws -> JobMachine {
            var machine = machine
            try machine.apply(.attemptBegan)
            try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: false, apart: apart))
            return machine
        }
        machine = try failed(machine, apart: false)
        #expect(!machine.waitsApart)
        machine = try failed(machine, apart: true)
        #expect(machine.waitsApart)
        // An outage meanwhile changes nothing about it.
        machine = try failed(machine, apart: false)
        #expect(machine.waitsApart)
        for event in [
            Event.begun(remoteID: "T-1"), .rejected(Self.failure), .retried(JobRetry(), at: Self.now),
            .retried(JobRetry(.adopting(remoteID: nil)), at: Self.now),
        ] {
            var next = machine
            try next.apply(event)
            #expect(!next.waitsApart)
        }
    }

    @Test("an attempt that was not sent after all leaves nothing behind")
    func withdrawn() throws {
        let fresh = JobMachine(dueAt: Self.now)
        var machine = fresh
        try machine.apply(.attemptBegan)
        try machine.apply(.withdrawn)
        #expect(machine == fresh)
        #expect(throws: IllegalTransition.self) { try machine.apply(.withdrawn) }
        // So a transaction that is found now is a stranger's.
        try machine.apply(.attemptBegan)
        try machine.apply(.foundExisting(Self.exists))
        #expect(machine.state == .rejected)
    }

    @Test("an unanswered follow says nothing of who made the transaction")
    func openShow() throws {
        var machine = JobMachine(state: .pending, step: .follow, nextAttemptAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: true))
        #expect(!machine.mayHaveActed)
    }

    @Test("a person's retry is due at once and forgets neither attempts nor what may have been sent")
    func retry() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: true))
        try machine.apply(.rejected(Self.exists))
        #expect(machine.nextAttemptAt == nil)
        try machine.apply(.retried(JobRetry(), at: Self.later))
        #expect(Place(machine.state, machine.step) == Place(.pending, .begin))
        #expect(machine.nextAttemptAt == Self.later)
        #expect(machine.mayHaveActed)
        #expect(machine.attempts == 1)
    }

    @Test("the service's own name for what it made is kept, also where it is only found again")
    func remoteID() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.begun(remoteID: "T-1"))
        #expect(machine.remoteID == "T-1")
        try machine.apply(.retried(JobRetry(), at: Self.later))
        try machine.apply(.attemptBegan)
        try machine.apply(.foundExisting(Self.exists))
        #expect(machine.remoteID == "T-1")
        try machine.apply(.retried(JobRetry(), at: Self.later))
        try machine.apply(.begun(remoteID: "T-2"))
        #expect(machine.remoteID == "T-2")
        // The service lost it, and made it anew.
        try machine.apply(.attemptBegan)
        try machine.apply(.begun(remoteID: "T-3"))
        #expect(machine.remoteID == "T-3")
        #expect(!machine.hasOpenAttempt)
    }

    @Test("an adopted transaction is asked for its link, not made again")
    func adoption() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.foundExisting(Self.exists))
        try machine.apply(.retried(JobRetry(.adopting(remoteID: nil)), at: Self.later))
        try machine.apply(.attemptBegan)
        try machine.apply(.done(result: Self.url))
        #expect(machine.state == .done)
        #expect(machine.result == Self.url)
        #expect(machine.lastError == nil)
    }

    @Test("what is not found is counted, and an attempt that may have acted begins the search anew")
    func search() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: true))
        #expect(machine.search == JobSearch())
        for absences in 1...2 {
            try machine.apply(.attemptBegan)
            try machine.apply(.absent(Self.failure, until: Self.later))
            #expect(machine.search == JobSearch(absences: absences) && !machine.hasOpenAttempt && machine.mayHaveActed)
        }
        #expect(machine.search.permitsRepeat)
        try machine.apply(.attemptBegan)
        try machine.apply(.deferred(Self.failure, until: Self.later, mayHaveActed: true))
        #expect(machine.search == JobSearch(absences: 0, repeats: 1))
        try machine.apply(.begun(remoteID: "D-1"))
        // How often it was made again is not forgotten: what is lost after that is not made again for ever.
        #expect(machine.search == JobSearch(repeats: 1) && machine.remoteID == "D-1")
    }

    @Test("what is prepared has not acted, whatever an attempt before it left open")
    func prepared() throws {
        var machine = JobMachine(dueAt: Self.now)
        try machine.apply(.attemptBegan)
        // The gateway was killed in it.
        try machine.apply(.attemptBegan)
        #expect(machine.mayHaveActed)
        try machine.apply(.prepared(remoteID: "U-1", at: Self.later))
        #expect(
            machine
                == JobMachine(
                    state: .pending, step: .begin, history: .init(count: 2), made: .init(id: "U-1"),
                    nextAttemptAt: Self.later))
        // Killed in the next one, it may have acted on what was prepared.
        try machine.apply(.attemptBegan)
        try machine.apply(.attemptBegan)
        #expect(machine.mayHaveActed && machine.remoteID == "U-1" && machine.search == JobSearch())
    }

    @Test("what is lost is made again from the beginning, and that counts as a repeat over any number of results")
    func lost() throws {
        var machine = JobMachine(
            state: .pending, step: .follow,
            history: .init(count: 3, mayHaveActed: true, search: JobSearch(absences: 4)), made: .init(id: "J-1"),
            nextAttemptAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.lost(Self.failure, at: Self.later))
        let expected = JobMachine(
            state: .pending, step: .begin, history: .init(count: 4, search: JobSearch(repeats: 1)),
            lastError: Self.failure, nextAttemptAt: Self.later)
        #expect(machine == expected)
        for event in [
            Event.attemptBegan, .prepared(remoteID: "U-2", at: Self.now), .attemptBegan, .begun(remoteID: "J-2"),
        ] {
            try machine.apply(event)
        }
        #expect(machine.search == JobSearch(repeats: 1) && machine.step == .follow && machine.remoteID == "J-2")
        // A person who sends it again begins with nothing on record.
        try machine.apply(.retried(JobRetry(), at: Self.now))
        #expect(machine.search == JobSearch())
    }

    @Test(
        "an attempt that is killed may have acted, so what was not found before it says nothing", arguments: [0, 1, 2])
    func killedRepeat(absences: Int) throws {
        var machine = JobMachine(
            state: .pending, step: .begin,
            history: .init(count: 3, hasOpen: true, mayHaveActed: true, search: JobSearch(absences: absences)),
            nextAttemptAt: Self.now)
        try machine.apply(.attemptBegan)
        #expect(machine.search == JobSearch(absences: 0, repeats: absences == 2 ? 1 : 0))
    }

    @Test("an attempt that is taken back, or surely did nothing, leaves the search as it was")
    func untouchedSearch() throws {
        let history = AttemptHistory(count: 2, mayHaveActed: true, search: JobSearch(absences: 2))
        for end in [Event.withdrawn, .deferred(Self.failure, until: Self.later, mayHaveActed: false)] {
            var machine = JobMachine(state: .pending, step: .begin, history: history, nextAttemptAt: Self.now)
            try machine.apply(.attemptBegan)
            try machine.apply(end)
            #expect(machine.search == JobSearch(absences: 2))
        }
    }

    @Test("what the service says it has is looked for until it shows, and never made again")
    func unlisted() throws {
        let history = AttemptHistory(count: 2, mayHaveActed: true, search: JobSearch(absences: 2, repeats: 1))
        var machine = JobMachine(state: .pending, step: .begin, history: history, nextAttemptAt: Self.now)
        try machine.apply(.attemptBegan)
        try machine.apply(.unlisted(Self.failure, until: Self.later))
        #expect(machine.search == JobSearch(absences: 0, repeats: 1, isSurelyMade: true))
        #expect(machine.nextAttemptAt == Self.later && !machine.hasOpenAttempt && machine.lastError == Self.failure)
        for _ in 1...5 { try machine.apply(.absent(Self.failure, until: Self.later)) }
        #expect(machine.search.absences == 5 && !machine.search.permitsRepeat)
        try machine.apply(.retried(JobRetry(settling: .seconds(20)), at: Self.now))
        #expect(machine.search.isSurelyMade)
        var found = machine
        try found.apply(.begun(remoteID: "D-1"))
        #expect(found.search == JobSearch(repeats: 1))
        try machine.apply(.retried(JobRetry(.anew), at: Self.now))
        #expect(machine.search == JobSearch())
    }

    @Test(
        "a rejected job whose document is taken back is looked for again, by no name; a done one stays as it is",
        arguments: [true, false])
    func documentWithdrawn(mayHaveActed: Bool) throws {
        let history = AttemptHistory(
            count: 4, mayHaveActed: mayHaveActed, search: JobSearch(absences: 1, repeats: 3, isSurelyMade: true))
        var rejected = JobMachine(
            state: .rejected, step: .follow, history: history, made: .init(id: "D-1"), lastError: Self.failure)
        try rejected.apply(.documentWithdrawn)
        #expect(
            rejected
                == JobMachine(
                    state: .rejected, step: .begin, history: .init(count: 4, mayHaveActed: mayHaveActed),
                    lastError: Self.failure))
        try rejected.apply(.retried(JobRetry(settling: .seconds(20)), at: Self.now))
        #expect(rejected.nextAttemptAt == Self.now + (mayHaveActed ? 20 : 0))
        let done = JobMachine(
            state: .done, step: .follow, history: history, made: .init(id: "D-1", result: Self.url))
        var after = done
        try after.apply(.documentWithdrawn)
        #expect(after == done)
    }
}
