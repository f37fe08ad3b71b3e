import RemoteServices
import Sales
import Testing

@Suite struct RepeatRuleTests {
    private func job(mayHaveActed: Bool = true, absences: Int = 0, repeats: Int = 0) -> OwedJob {
        OwedJob(
            key: "A", request: ServiceRequest(bytes: []), mayHaveActed: mayHaveActed,
            search: JobSearch(absences: absences, repeats: repeats))
    }

    @Test("the first attempt acts, and one of unknown end is looked for")
    func actions() {
        #expect(RepeatRule.action(for: job(mayHaveActed: false)) == .act)
        #expect(RepeatRule.action(for: job()) == .look)
        #expect(RepeatRule.action(for: job(absences: 1)) == .look)
        #expect(RepeatRule.action(for: job(absences: 2)) == .act)
    }

    @Test("it is sent four times at most, with two looks before each repeat, and then a person has to say")
    func everyStep() throws {
        var search = JobSearch()
        var steps: [String] = ["act"]
        while steps.count < 20 {
            let job = OwedJob(key: "A", request: ServiceRequest(bytes: []), mayHaveActed: true, search: search)
            guard RepeatRule.action(for: job) == .look else {
                steps.append("act")
                search.mayHaveActed()
                continue
            }
            switch RepeatRule.absent(job, at: "Billgate") {
            case .absent(let failure):
                steps.append(failure.retryAfter.map { "look, \($0)" } ?? "look")
                search.foundNothing()
            case .failed(let failure):
                #expect(failure.code == "Gateway::OutcomeUnknown" && failure.disposition == .reject)
                #expect(
                    steps == ["act"]
                        + Array(repeating: ["look, 60.0 seconds", "look", "act"], count: 3).flatMap(\.self))
                return
            default: Issue.record("neither absent nor refused")
            }
        }
        Issue.record("no end")
    }

    @Test(
        "a person is told how to say what became of it, a tax invoice apart from its sale",
        arguments: [
            (JobKind.registration, "kamkap retry ID --adopt DOCUMENT_ID, or --anew"),
            (.saleInvoice, "kamkap tax-invoice ID --buyer FILE --adopt DOCUMENT_ID, or --anew"),
        ])
    func unknown(kind: JobKind, command: String) {
        let job = OwedJob(kind: kind, key: "A", request: ServiceRequest(bytes: []), mayHaveActed: true)
        guard case .failed(let failure) = RepeatRule.unknown("it is late", about: job, at: "Billgate") else {
            Issue.record("it was not refused")
            return
        }
        #expect(failure.message.contains("it is late") && failure.message.contains(command))
    }

    @Test("what the service says it has is looked for ten times, and never made again")
    func unlisted() {
        guard case .unlisted(let failure) = RepeatRule.unlisted(at: "Billgate") else {
            Issue.record("it was not unlisted")
            return
        }
        #expect(failure.retryAfter == .seconds(60))
        var search = JobSearch(absences: 2, repeats: 3)
        search.isUnlisted()
        for look in 1...10 {
            let job = OwedJob(key: "A", request: ServiceRequest(bytes: []), mayHaveActed: true, search: search)
            #expect(RepeatRule.action(for: job) == .look)
            switch RepeatRule.absent(job, at: "Billgate") {
            case .absent: #expect(look < 10)
            case .failed(let failure): #expect(look == 10 && failure.code == "Gateway::OutcomeUnknown")
            default: Issue.record("neither absent nor refused")
            }
            search.foundNothing()
        }
    }
}
