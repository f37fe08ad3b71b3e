import Foundation
import RemoteServices
import Sales
import Simulators
import Synchronization
import TestNetwork
import Testing

@testable import OCRInvoice

/// The whole way of a document, against a simulator that shares no code with the client.
@Suite(.timeLimit(.minutes(1))) struct OCRInvoiceServiceTests {
    typealias Leeway = SupplierOCRSimulator.Leeway

    /// Asks until the job is settled.
    private func settled(_ id: String, _ form: OCRJobForm, _ service: OCRInvoiceService) async throws -> OCRJob {
        for _ in 0..<20 {
            guard case .answered(let job) = await service.show(id, of: form) else { throw FixtureError() }
            if job.state.isSettled { return job }
            #expect(job.next(after: .accepted) == .wait)
        }
        throw FixtureError()
    }

    private func made(_ outcome: StepOutcome) throws -> String {
        guard case .begun(let id?) = outcome else {
            Issue.record("expected a job, found \(outcome)")
            throw FixtureError()
        }
        return id
    }

    private func failure(_ outcome: StepOutcome) throws -> ServiceFailure {
        guard case .failed(let failure) = outcome else {
            Issue.record("expected a failure, found \(outcome)")
            throw FixtureError()
        }
        return failure
    }

    @Test(
        "a document is read, whatever words and ids the service has, and its results come byte by byte",
        arguments: Leeway.Shown.Words.allCases, Leeway.Fetching.allCases)
    func whole(words: SupplierOCRSimulator.Leeway.Shown.Words, fetching: SupplierOCRSimulator.Leeway.Fetching)
        async throws
    {
        var leeway = Leeway()
        (leeway.polls, leeway.fetching, leeway.shown.words) = (3, fetching, words)
        leeway.shown.id = words == .plain ? .underscored : .plain
        try await withDocument { link in
            try await withOCR(leeway: leeway) { ocr, service in
                let form = try Fixture.form()
                let text = #"{ "total": 1070.00,  "supplier":"ผู้ขาย" }"#
                try await ocr.setResults(Array(text.utf8), ofJobNumbered: form.number)
                let id = try made(await service.begin(Fixture.owed(form), form, at: link))
                guard case .answered(let new) = await service.show(id, of: form) else { throw FixtureError() }
                #expect(new.next(after: .notAsked) == .process)
                guard case .answered = await service.process(id, of: form) else { throw FixtureError() }
                let job = try await settled(id, form, service)
                #expect(job.next(after: .accepted) == .fetchResults)
                #expect(
                    await service.results(id, of: form) == .answered(SupplierInvoiceReading(bytes: Array(text.utf8))))
                #expect(await service.remove(id) == nil)
                #expect(await ocr.liveJobs.isEmpty)
                #expect(await ocr.currentTotals.processed == 1)
                // Once more is no harm.
                #expect(await service.remove(id) == nil)
            }
        }
    }

    @Test("a document that the service cannot have fails its job, in words without the link")
    func unreadable() async throws {
        try await withDocument(Array("<html>".utf8)) { link in
            try await withOCR { ocr, service in
                let form = try Fixture.form()
                let id = try made(await service.begin(Fixture.owed(form), form, at: link))
                _ = await service.process(id, of: form)
                let job = try await settled(id, form, service)
                #expect(job.next(after: .accepted) == .fail)
                let failure = service.failure(of: job)
                #expect(failure.code == OCRInvoiceService.readingFailed && failure.disposition == .reject)
                #expect(
                    failure.message
                        == "OCR Invoice could not read the document: the document is of no type that can be read")
            }
        }
    }

    @Test("an expired link is renewed, and the job is processed again and read")
    func renewed() async throws {
        try await withDocument { link in
            try await withOCR { ocr, service in
                let form = try Fixture.form()
                let id = try made(await service.begin(Fixture.owed(form), form, at: try Fixture.link()))
                _ = await service.process(id, of: form)
                let failed = try await settled(id, form, service)
                #expect(failed.state == .failed && failed.completedAt != nil)
                guard case .answered = await service.update(id, form, at: link),
                    case .answered = await service.process(id, of: form)
                else { throw FixtureError() }
                let job = try await settled(id, form, service)
                #expect(job.state == .finished)
                #expect(await ocr.madeByNumber() == [form.number: 1])
            }
        }
    }

    // MARK: Once

    @Test(
        "after an answer that did not come, the job is found, and there is one",
        arguments: [
            AnswerFault.loseAnswerAfterActing, .truncated, .endless, .otherAnswer(status: 200, body: "{}"),
            .otherAnswer(status: 502, body: ""), .otherAnswer(status: 200, body: #"{"success":true,"data":{}}"#),
            .packed(.unheardOf), .packed(.bomb), .slow(.seconds(20)), .drip,
        ], [Leeway.Lists.Search.honoured, .ignored])
    func lost(fault: AnswerFault, search: SupplierOCRSimulator.Leeway.Lists.Search) async throws {
        var leeway = Leeway()
        leeway.lists.search = search
        try await withOCR(leeway: leeway, timeout: .seconds(1)) { ocr, service in
            await ocr.addForeignJobs(150)
            await ocr.inject(.init(fault, operation: .create, times: 1))
            let form = try Fixture.form()
            let lost = try failure(await service.begin(Fixture.owed(form), form, at: try Fixture.link()))
            #expect(lost.mayHaveActed, "\(lost.code)")
            await ocr.addForeignJobs(150)
            let again = await service.begin(Fixture.owed(form, mayHaveActed: true), form, at: try Fixture.link())
            #expect(again == .found(remoteID: try #require(await ocr.jobs(numbered: form.number).first?.id)))
            #expect(await ocr.madeByNumber() == [form.number: 1])
        }
    }

    @Test(
        "in a list of 6,000 jobs one is found, or known to be absent, whatever the search does",
        arguments: Leeway.Lists.Search.allCases, [ShelfOrder.newest, .shuffled])
    func longList(search: SupplierOCRSimulator.Leeway.Lists.Search, order: ShelfOrder) async throws {
        var leeway = Leeway()
        (leeway.lists.search, leeway.lists.order) = (search, order)
        try await withOCR(leeway: leeway) { ocr, service in
            await ocr.addForeignJobs(3_000)
            let form = try Fixture.form()
            #expect(try await service.find(form) == .absent)
            let id = try made(await service.begin(Fixture.owed(form), form, at: try Fixture.link()))
            await ocr.addForeignJobs(3_000)
            guard case .found(let job) = try await service.find(form) else { throw FixtureError() }
            #expect(job.id == id)
        }
    }

    @Test("a list that is too long to be read is for a person, and nothing is made")
    func tooLong() async throws {
        var leeway = Leeway()
        leeway.lists.search = .ignored
        try await withOCR(leeway: leeway, lookUpPages: 2) { ocr, service in
            await ocr.addForeignJobs(1_000)
            let form = try Fixture.form()
            let unknown = try failure(
                await service.begin(Fixture.owed(form, mayHaveActed: true), form, at: try Fixture.link()))
            #expect((unknown.code, unknown.disposition) == ("Gateway::OutcomeUnknown", .reject))
            #expect(await ocr.madeByNumber().isEmpty)
        }
    }

    @Test("a list in another order at every call is read again later")
    func unstable() async throws {
        var leeway = Leeway()
        (leeway.lists.search, leeway.lists.order) = (.ignored, .unstable)
        try await withOCR(leeway: leeway) { ocr, service in
            await ocr.addForeignJobs(1_000)
            let form = try Fixture.form()
            let later = try failure(
                await service.begin(Fixture.owed(form, mayHaveActed: true), form, at: try Fixture.link()))
            #expect((later.code, later.disposition) == ("Gateway::ListUnsettled", .retry))
            #expect(later.retryAfter == JobSearch.pause)
        }
    }

    @Test("what is not in the list is looked for twice, and then made again")
    func absent() async throws {
        try await withOCR { ocr, service in
            let form = try Fixture.form()
            for absences in 0...1 {
                let owed = Fixture.owed(form, mayHaveActed: true, search: JobSearch(absences: absences))
                guard case .absent(let failure) = await service.begin(owed, form, at: try Fixture.link()) else {
                    throw FixtureError()
                }
                #expect(failure.retryAfter == (absences == 0 ? .seconds(60) : nil))
            }
            #expect(await ocr.liveJobs.isEmpty)
            let owed = Fixture.owed(form, mayHaveActed: true, search: JobSearch(absences: 2))
            _ = try made(await service.begin(owed, form, at: try Fixture.link()))
        }
    }

    @Test(
        "a number that is taken is this document's, whoever made its job and however the service says so",
        arguments: [Leeway.TakenNumber.conflict, .badRequest, .refusal])
    func taken(rule: SupplierOCRSimulator.Leeway.TakenNumber) async throws {
        var leeway = Leeway()
        leeway.takenNumber = rule
        try await withOCR(leeway: leeway) { ocr, service in
            let form = try Fixture.form()
            let id = try made(await service.begin(Fixture.owed(form), form, at: try Fixture.link()))
            let again = await service.begin(Fixture.owed(form), form, at: try Fixture.link())
            #expect(again == .found(remoteID: id))
            #expect(await ocr.madeByNumber() == [form.number: 1])
            try await self.late(rule, ocr, service)
        }
    }

    /// The list does not show the job that is in the way.
    private func late(
        _ rule: Leeway.TakenNumber, _ ocr: SupplierOCRSimulator, _ service: OCRInvoiceService
    ) async throws {
        var leeway = await ocr.currentLeeway
        leeway.lists.lag = .seconds(600)
        try await ocr.setLeeway(leeway)
        let form = try Fixture.form()
        let cleared = Fixture.owed(form, mayHaveActed: true, search: JobSearch(absences: 2))
        let outcome = await service.begin(cleared, form, at: try Fixture.link())
        let stranger = await service.begin(Fixture.owed(form), form, at: try Fixture.link())
        if rule == .conflict {
            guard case .unlisted = stranger else { throw FixtureError() }
            guard case .unlisted(let failure) = outcome else { throw FixtureError() }
            #expect(failure.retryAfter == JobSearch.pause)
        } else {
            #expect([.reject, .rejectUnexplained].contains(try failure(outcome).disposition))
            #expect([.reject, .rejectUnexplained].contains(try failure(stranger).disposition))
        }
    }

    @Test("a job with our number and another document is nobody's")
    func contradicting() async throws {
        try await withOCR { ocr, service in
            let form = try Fixture.form()
            // The number has the beginning of the digest alone.
            let other = try Fixture.form(digest: Fixture.digest.dropLast() + [0xFF])
            #expect(other.number == form.number)
            let id = try made(await service.begin(Fixture.owed(other), other, at: try Fixture.link()))
            #expect(try await service.find(form) == .contradicting(id: id))
            let unknown = try failure(
                await service.begin(Fixture.owed(form, mayHaveActed: true), form, at: try Fixture.link()))
            #expect(unknown.code == "Gateway::OutcomeUnknown" && unknown.message.contains(id))
            guard case .failed(let failure) = await service.show(id, of: form) else { throw FixtureError() }
            #expect(failure.code == OCRInvoiceService.anotherJob && failure.disposition == .reject)
        }
    }

    @Test("an id on record is asked for before anything else, and if it is gone the list is looked through")
    func known() async throws {
        try await withOCR { ocr, service in
            let form = try Fixture.form()
            let id = try made(await service.begin(Fixture.owed(form), form, at: try Fixture.link()))
            let known = await service.begin(Fixture.owed(form, remoteID: id), form, at: try Fixture.link())
            #expect(known == .found(remoteID: id))
            #expect(await ocr.calls().compactMap(\.operation) == [.create, .get])
            let gone = Fixture.owed(form, mayHaveActed: true, remoteID: "gone")
            #expect(await service.begin(gone, form, at: try Fixture.link()) == .found(remoteID: id))
            await ocr.inject(.init(.unavailable(status: 500), operation: .get, times: 1))
            #expect(try failure(await service.begin(gone, form, at: try Fixture.link())).code == "HTTP::500")
            #expect(await ocr.madeByNumber() == [form.number: 1])
        }
    }

    @Test("one answer that a job is gone makes no other one, and two looks do")
    func goneOnce() async throws {
        try await withOCR { ocr, service in
            let form = try Fixture.form()
            let link = try Fixture.link()
            for absences in 0...1 {
                let owed = Fixture.owed(form, search: JobSearch(absences: absences), remoteID: "gone")
                guard case .absent = await service.begin(owed, form, at: link) else { throw FixtureError() }
            }
            #expect(await ocr.madeByNumber().isEmpty)
            let cleared = Fixture.owed(form, search: JobSearch(absences: 2), remoteID: "gone")
            let id = try made(await service.begin(cleared, form, at: link))
            let again = await service.begin(Fixture.owed(form, remoteID: "gone"), form, at: link)
            #expect(again == .found(remoteID: id))
        }
    }

    @Test(
        "a list that says too little of its length hides no job",
        arguments: [Leeway.Lists.Total.page, .short, .zero, .absent])
    func wrongTotal(total: SupplierOCRSimulator.Leeway.Lists.Total) async throws {
        var leeway = Leeway()
        (leeway.lists.total, leeway.lists.search) = (total, .blind)
        try await withOCR(leeway: leeway) { ocr, service in
            let form = try Fixture.form()
            let id = try made(await service.begin(Fixture.owed(form), form, at: try Fixture.link()))
            await ocr.addForeignJobs(650)
            guard case .found(let job) = try await service.find(form) else { throw FixtureError() }
            #expect(job.id == id)
        }
    }

    @Test("a job is ours in whatever number it comes back, if it shows its document", arguments: [true, false])
    func renumbered(hasMetadata: Bool) async throws {
        for numbers in [Leeway.Shown.Numbers.lower, .own] {
            var leeway = Leeway()
            (leeway.shown.numbers, leeway.shown.hasMetadata) = (numbers, hasMetadata)
            leeway.takenNumber = .allowed
            try await withOCR(leeway: leeway) { ocr, service in
                let form = try Fixture.form()
                let outcome = await service.begin(Fixture.owed(form), form, at: try Fixture.link())
                if numbers == .own, !hasMetadata {
                    // Nothing says which it is: it is never made again.
                    #expect(try failure(outcome).code == "Gateway::OutcomeUnknown")
                } else {
                    let id = try made(outcome)
                    let again = await service.begin(
                        Fixture.owed(form, mayHaveActed: true), form, at: try Fixture.link())
                    #expect(again == .found(remoteID: id))
                }
                #expect(await ocr.liveJobs.count == 1)
            }
        }
    }
}
