import Foundation
import Sales
import Testing

@testable import Journey

/// What a person's retry makes of a job's record.
@Suite struct JobRetryTests {
    private static let now = Date(timeIntervalSince1970: 1_795_144_500)
    private static let failure = Failure(code: "Gateway::Unanswered", message: "no answer", at: now)
    private static let settling: Duration = .seconds(20)

    private func job(
        _ state: JobMachine.State = .pending, _ step: JobMachine.Step = .begin, hasOpen: Bool = false,
        mayHaveActed: Bool = true, absences: Int = 0, repeats: Int = 0, dueIn delay: TimeInterval? = nil,
        id: String? = nil
    ) -> JobMachine {
        JobMachine(
            state: state, step: step,
            history: AttemptHistory(
                count: 5, hasOpen: hasOpen, mayHaveActed: mayHaveActed, waitsApart: true,
                search: JobSearch(absences: absences, repeats: repeats)),
            made: .init(id: id), lastError: Self.failure, nextAttemptAt: delay.map { Self.now + $0 })
    }

    private func retried(_ job: JobMachine, _ retry: JobRetry) throws -> JobMachine {
        var job = job
        try job.apply(.retried(retry, at: Self.now))
        return job
    }

    // MARK: As it was

    @Test("a service that tells a repeat is sent it at once, and what is on record of the search holds")
    func again() throws {
        for state in [JobMachine.State.pending, .rejected] {
            let again = try retried(job(state, absences: 1, repeats: 3, dueIn: 600), JobRetry())
            #expect((again.state, again.step, again.nextAttemptAt) == (.pending, .begin, Self.now))
            #expect(again.search == JobSearch(absences: 1, repeats: 3) && again.mayHaveActed && !again.waitsApart)
            #expect(again.attempts == 5 && again.lastError == Self.failure)
        }
        let made = try retried(job(.rejected, .follow, absences: 4, id: "D-1"), JobRetry())
        #expect((made.step, made.search, made.remoteID) == (.begin, JobSearch(), "D-1"))
    }

    @Test(
        "a look that is due within a minute stays due then, however often a person asks",
        arguments: [-30.0, 0, 5, 60], [(0, 0), (1, 0), (2, 2)])
    func lookStays(delay: TimeInterval, search: (absences: Int, repeats: Int)) throws {
        for hasOpen in [false, true] {
            let job = job(hasOpen: hasOpen, absences: search.absences, repeats: search.repeats, dueIn: delay)
            var again = job
            for _ in 1...3 { again = try retried(again, JobRetry(settling: Self.settling)) }
            #expect(again.search == job.search && again.nextAttemptAt == job.nextAttemptAt)
            #expect(again.hasOpenAttempt == hasOpen && again.mayHaveActed && !again.waitsApart)
        }
    }

    @Test("a look that was put off comes after the time that lists take, and what was not found so far counts no more")
    func lookComesSooner() throws {
        let again = try retried(job(absences: 1, repeats: 1, dueIn: 600), JobRetry(settling: Self.settling))
        #expect(again.nextAttemptAt == Self.now + 20 && again.search == JobSearch(absences: 0, repeats: 1))
        // An attempt that was killed may have acted, though nobody has said so yet.
        let killed = try retried(
            job(hasOpen: true, mayHaveActed: false, dueIn: 600), JobRetry(settling: Self.settling))
        #expect(killed.nextAttemptAt == Self.now + 20)
        let harmless = try retried(job(mayHaveActed: false, dueIn: 600), JobRetry(settling: Self.settling))
        #expect(harmless.nextAttemptAt == Self.now)
    }

    @Test(
        "however often a person asks, two looks come before an act, each after its time",
        arguments: [1.0, 7, 19, 45], [20.0, 3_600])
    func haste(interval: TimeInterval, delay: TimeInterval) throws {
        // As a worker goes: it looks when the job is due, and acts once nothing was found twice.
        var job = job(dueIn: delay)
        var (now, press) = (Self.now, Self.now + interval)
        while !job.search.permitsRepeat {
            let due = try #require(job.nextAttemptAt)
            now = min(due, press)
            if now == press {
                try job.apply(.retried(JobRetry(settling: Self.settling), at: now))
                press += interval
            } else {
                try job.apply(.attemptBegan)
                try job.apply(.absent(Self.failure, until: now + (job.search.absences == 0 ? 60 : 0)))
            }
        }
        #expect(now == Self.now + (delay == 20 ? 80 : interval + 80))
    }

    @Test("a rejected job is looked for after the time that lists take; what is known by name keeps its name")
    func rejected() throws {
        for step in JobMachine.Step.allCases {
            let again = try retried(
                job(.rejected, step, absences: 2, repeats: 1, id: "D-1"), JobRetry(settling: Self.settling))
            #expect((again.state, again.step, again.nextAttemptAt) == (.pending, .begin, Self.now + 20))
            #expect(again.remoteID == "D-1" && again.search.absences == 0 && again.mayHaveActed)
        }
        let refused = try retried(job(.rejected, mayHaveActed: false), JobRetry(settling: Self.settling))
        #expect(refused.nextAttemptAt == Self.now)
    }

    @Test("what was made is asked for at once, and not looked for or made again")
    func follow() throws {
        let again = try retried(job(.pending, .follow, dueIn: 600, id: "D-1"), JobRetry(settling: Self.settling))
        #expect((again.step, again.nextAttemptAt, again.remoteID) == (.follow, Self.now, "D-1"))
    }

    // MARK: In another way

    @Test("what is adopted is ours: it is asked for, and a later retry looks for it", arguments: ["D-7", nil])
    func adopted(id: String?) throws {
        let adopted = try retried(
            job(.rejected, mayHaveActed: false, absences: 1, repeats: 3, id: "D-1"),
            JobRetry(.adopting(remoteID: id), settling: Self.settling))
        #expect((adopted.state, adopted.step, adopted.nextAttemptAt) == (.pending, .follow, Self.now))
        #expect(adopted.remoteID == id ?? "D-1" && adopted.search == JobSearch(isAdopted: true) && adopted.mayHaveActed)
        var again = adopted
        try again.apply(.attemptBegan)
        try again.apply(.rejected(Self.failure))
        try again.apply(.retried(JobRetry(settling: Self.settling), at: Self.now))
        #expect(again.step == .begin && !again.search.isAdopted, "a look names nothing")
    }

    @Test("what is made anew has nothing on record but the attempts", arguments: JobMachine.Step.allCases)
    func anew(step: JobMachine.Step) throws {
        for state in [JobMachine.State.pending, .rejected] {
            let anew = try outcome(
                job(state, step, absences: 2, repeats: 3, dueIn: 60), JobRetry(.anew, settling: Self.settling),
                isHeld: true
            ).get().machine
            #expect((anew.state, anew.step, anew.nextAttemptAt) == (.pending, .begin, Self.now))
            #expect(anew.search == JobSearch() && !anew.mayHaveActed && anew.remoteID == nil && anew.attempts == 5)
            var found = anew
            try found.apply(.attemptBegan)
            try found.apply(.foundExisting(Self.failure))
            #expect(found.state == .rejected, "what is there is somebody else's")
        }
    }

    @Test("what goes to another service begins there as a new job does")
    func moved() throws {
        let moved = try retried(
            job(.rejected, mayHaveActed: false, absences: 1), JobRetry(.moving, settling: Self.settling))
        #expect(moved == JobMachine(dueAt: Self.now))
    }

    // MARK: What is allowed

    private func outcome(
        _ job: JobMachine, _ retry: JobRetry, isHeld: Bool = false
    ) -> Result<RegistrationRetry, RetryRefusal> {
        do throws(RetryRefusal) {
            return .success(try SaleRules().retry(job, as: retry, isHeld: isHeld, at: Self.now))
        } catch { return .failure(error) }
    }

    private func refusal(_ job: JobMachine, _ retry: JobRetry, isHeld: Bool = false) -> RetryRefusal? {
        if case .failure(let refusal) = outcome(job, retry, isHeld: isHeld) { refusal } else { nil }
    }

    @Test(
        "a retry takes a new request where the old one was refused or the account held, and lifts a hold",
        arguments: [
            (JobMachine.State.pending, false, false, false), (.pending, true, true, true),
            (.rejected, false, true, false), (.rejected, true, true, true),
        ])
    func request(state: JobMachine.State, isHeld: Bool, takesNewRequest: Bool, releasesHold: Bool) throws {
        let retry = try outcome(job(state, dueIn: 0), JobRetry(), isHeld: isHeld).get()
        #expect((retry.takesNewRequest, retry.releasesHold) == (takesNewRequest, releasesHold))
        let done = JobMachine(state: .done, step: .follow)
        guard case .done = refusal(done, JobRetry(), isHeld: isHeld) else {
            Issue.record("what is done was sent again")
            return
        }
    }

    @Test(
        "another buyer goes into a request that was refused or that the account holds, and into none that may be there",
        arguments: [nil, settling])
    func changing(settling: Duration?) throws {
        let change = JobRetry(changesRequest: true, settling: settling)
        #expect(refusal(job(.rejected, mayHaveActed: false), change) == nil)
        #expect(refusal(job(mayHaveActed: false), change, isHeld: true) == nil)
        #expect(refusal(job(mayHaveActed: false), change) == .underWay)
        #expect(refusal(job(hasOpen: true, mayHaveActed: false), change, isHeld: true) == .underWay)
        #expect(refusal(job(.rejected, .follow), change) == .made)
        // A service that tells a repeat refuses the second request. Any other makes a second document.
        #expect(refusal(job(.rejected), change) == (settling == nil ? nil : .mayBeMade))
        #expect(refusal(job(), change, isHeld: true) == (settling == nil ? nil : .mayBeMade))
        let changed = try outcome(job(.rejected, mayHaveActed: false), change).get()
        #expect(changed.takesNewRequest && !changed.machine.mayHaveActed)
        // Staff who know what is there, or that nothing is, say so.
        for way in [JobRetry.Way.anew, .adopting(remoteID: "D-1")] {
            let retry = JobRetry(way, changesRequest: true, settling: settling)
            #expect(try outcome(job(.rejected), retry).get().takesNewRequest)
        }
        let adopted = try outcome(
            job(.rejected, .follow), JobRetry(.adopting(remoteID: nil), changesRequest: true, settling: settling)
        ).get()
        #expect(adopted.machine.step == .follow)
    }

    @Test("a made job that a retry has sent back keeps its buyer at a service that cannot tell a repeat")
    func changingWhatWasMade() throws {
        let made = try outcome(
            job(.rejected, .follow, id: "D-1"), JobRetry(settling: Self.settling), isHeld: true
        ).get().machine
        let change = JobRetry(changesRequest: true, settling: Self.settling)
        #expect(made.step == .begin && refusal(made, change, isHeld: true) == .mayBeMade)
    }

    @Test(
        "nothing is made anew beside a document whose name is known, unless that is another's or nobody's",
        arguments: ["Test::AnotherDocument", "Test::NoSuchDocument"])
    func anewBesideDocument(code: String) throws {
        let made = job(.rejected, .follow, id: "D-1")
        let anothers = JobMachine(
            state: .rejected, step: .follow, history: AttemptHistory(count: 5, mayHaveActed: true),
            made: .init(id: "D-1"), lastError: Failure(code: code, message: "", at: Self.now))
        for changesRequest in [false, true] {
            let anew = JobRetry(.anew, changesRequest: changesRequest, settling: Self.settling)
            for isHeld in [false, true] {
                #expect(refusal(made, anew, isHeld: isHeld) == .documentKnown)
                #expect(refusal(job(.pending, .follow, id: "D-1"), anew, isHeld: isHeld) == .documentKnown)
                #expect(try outcome(anothers, anew, isHeld: isHeld).get().machine.remoteID == nil)
            }
        }
        // It was not there by its name, and what else there is cannot be found out.
        let unknown = Failure(code: "Gateway::OutcomeUnknown", message: "", at: Self.now)
        for step in JobMachine.Step.allCases {
            let lost = JobMachine(
                state: .rejected, step: step, history: AttemptHistory(count: 5, mayHaveActed: true),
                made: .init(id: "D-1"), lastError: unknown)
            let refused = refusal(lost, JobRetry(.anew, settling: Self.settling))
            #expect(refused == (step == .begin ? nil : .documentKnown))
        }
        // Once it is taken back, or a look shows that it is gone, nothing is left to be beside.
        var withdrawn = made
        try withdrawn.apply(.documentWithdrawn)
        #expect(refusal(withdrawn, JobRetry(.anew, settling: Self.settling)) == nil)
    }

    @Test("what is on its way is not made anew, whatever buyer it is to get, unless its account is held")
    func anewOnItsWay() throws {
        for changesRequest in [false, true] {
            let anew = JobRetry(.anew, changesRequest: changesRequest, settling: Self.settling)
            for mayHaveActed in [false, true] {
                let pending = job(mayHaveActed: mayHaveActed, dueIn: 60)
                #expect(refusal(pending, anew) == .onItsWay)
                #expect(refusal(pending, anew, isHeld: true) == nil)
            }
        }
        let made = job(.rejected, .follow)
        #expect(refusal(made, JobRetry(.anew, changesRequest: true, settling: Self.settling)) == .made)
    }

    @Test("while an attempt has no answer yet, nothing is made anew or given another name")
    func unanswered() throws {
        let open = job(hasOpen: true)
        for way in [JobRetry.Way.anew, .adopting(remoteID: "D-1")] {
            for isHeld in [false, true] {
                #expect(refusal(open, JobRetry(way, settling: Self.settling), isHeld: isHeld) == .unanswered)
            }
            #expect(refusal(job(.rejected), JobRetry(way, settling: Self.settling)) == nil)
            // Neither while what was made is asked for, which belongs to the same attempt.
            var following = job(mayHaveActed: false)
            for event in [JobMachine.Event.attemptBegan, .begun(remoteID: "D-2"), .wentOn] {
                try following.apply(event)
            }
            for isHeld in [false, true] {
                #expect(refusal(following, JobRetry(way, settling: Self.settling), isHeld: isHeld) == .unanswered)
            }
        }
        #expect(refusal(open, JobRetry(.adopting(remoteID: nil))) == nil)
    }

    @Test("only what surely did not reach a service leaves it, and the hold of its account stays")
    func moving() throws {
        for settling in [nil, Self.settling] {
            let move = JobRetry(.moving, settling: settling)
            for state in [JobMachine.State.pending, .rejected] {
                let retry = try outcome(job(state, mayHaveActed: false), move, isHeld: true).get()
                #expect(retry.takesNewRequest && !retry.releasesHold)
                #expect(refusal(job(state), move) == .mayBeThere)
                #expect(refusal(job(state, .follow, mayHaveActed: false), move) == .mayBeThere)
                #expect(refusal(job(state, mayHaveActed: false, id: "D-1"), move) == .mayBeThere)
            }
            #expect(refusal(job(hasOpen: true, mayHaveActed: false), move) == .mayBeThere)
            #expect(refusal(JobMachine(dueAt: Self.now), move) == nil)
        }
    }
}
