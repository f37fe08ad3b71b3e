import RemoteServices
import Simulators
import Testing

@testable import OCRInvoice

/// What a process and a question for results are answered with.
@Suite(.timeLimit(.minutes(1))) struct OCRInvoiceProcessingTests {
    typealias Leeway = SupplierOCRSimulator.Leeway

    @Test("the run before, and a conflict with others, are no sign that a service heard", arguments: [409, 400])
    func unheard(status: Int) async throws {
        var leeway = Leeway()
        (leeway.updateResets, leeway.polls, leeway.shown.hasProgress) = (false, 0, false)
        try await withDocument { link in
            try await withOCR(leeway: leeway) { ocr, service in
                let (form, id) = try await make(service, at: link)
                guard case .answered = await service.process(id, of: form),
                    case .answered(let done) = await service.show(id, of: form)
                else { throw FixtureError() }
                #expect(done.state == .finished)
                await ocr.inject(.init(.refusal(status: status, body: "{}"), operation: .process))
                guard case .failed(let failure) = await service.process(id, of: form, since: done.completedAt) else {
                    throw FixtureError()
                }
                #expect(failure.mayHaveActed == (status == 409))
                guard case .answered = await service.process(id, of: form) else { throw FixtureError() }
            }
        }
    }

    @Test(
        "a job that is at work already was heard, however the service refuses to begin again",
        arguments: Leeway.Untimely.allCases)
    func processedTwice(rule: SupplierOCRSimulator.Leeway.Untimely) async throws {
        var leeway = Leeway()
        (leeway.polls, leeway.repeatedProcess) = (5, rule)
        try await withDocument { link in
            try await withOCR(leeway: leeway, timeout: .seconds(1)) { ocr, service in
                let (form, id) = try await make(service, at: link)
                await ocr.inject(.init(.loseAnswerAfterActing, operation: .process, times: 1))
                guard case .failed(let lost) = await service.process(id, of: form) else { throw FixtureError() }
                #expect(lost.mayHaveActed)
                guard case .answered = await service.process(id, of: form) else { throw FixtureError() }
                #expect(await ocr.currentTotals.processed == (rule == .accepted ? 2 : 1))
            }
        }
    }

    @Test("a conflict means that a job is at work, also where its status never changes")
    func conflict() async throws {
        var leeway = Leeway()
        (leeway.polls, leeway.shown.words) = (5, .stuck)
        try await withDocument { link in
            try await withOCR(leeway: leeway) { ocr, service in
                let (form, id) = try await make(service, at: link)
                for _ in 0..<2 {
                    guard case .answered = await service.process(id, of: form) else { throw FixtureError() }
                }
                #expect(await ocr.currentTotals.processed == 1)
            }
        }
    }

    @Test("a process that is refused while the job shows nothing of it is a refusal of this document")
    func processRefused() async throws {
        try await withOCR { ocr, service in
            let (form, id) = try await make(service)
            await ocr.inject(.init(.refusal(status: 400, body: #"{"message":"no pages left"}"#), operation: .process))
            guard case .failed(let failure) = await service.process(id, of: form) else { throw FixtureError() }
            #expect((failure.code, failure.disposition) == ("OCRInvoice::400", .reject))
            #expect(failure.message == "OCR Invoice answered HTTP 400: no pages left")
        }
    }

    @Test(
        "a status that nobody knows is still under way, and named",
        arguments: ["chewing", "https://evil.example/x", String(repeating: "long ", count: 50)])
    func unknownWord(word: String) async throws {
        try await withOCR { ocr, service in
            let (form, id) = try await make(service)
            await ocr.inject(.init(.status(word), operation: .get))
            guard case .answered(let job) = await service.show(id, of: form), case .unknown(let shown) = job.state
            else {
                throw FixtureError()
            }
            #expect(job.next(after: .accepted) == .wait && shown.count <= 40 && !shown.contains("evil"))
            if word == "chewing" { #expect(shown == word) }
        }
    }

    // MARK: Results

    @Test(
        "results that are null are none yet; another job's are never kept; broken ones are none",
        arguments: [
            ("null", "none"), (#"{"jobNumber":"OTHER-1","total":1}"#, "OCRInvoice::AnotherJob"), ("[]", "read"),
            (#"{"a":}"#, "Gateway::Unintelligible"), ("", "Gateway::Unintelligible"),
        ])
    func results(text: String, expected: String) async throws {
        try await withOCR { ocr, service in
            let (form, id) = try await make(service)
            await ocr.inject(.init(.results(text)))
            let found =
                switch await service.results(id, of: form) {
                case .answered(nil): "none"
                case .answered(let reading?): reading.bytes == Array(text.utf8) ? "read" : "changed"
                case .gone(let failure), .failed(let failure): failure.code
                }
            #expect(found == expected)
        }
    }

    @Test(
        "results before their time are a refusal, as every success:false in a 2xx is",
        arguments: [(Leeway.Untimely.conflict, "OCRInvoice::409"), (.refusal, "OCRInvoice::Refused")])
    func early(rule: SupplierOCRSimulator.Leeway.Untimely, code: String) async throws {
        var leeway = Leeway()
        leeway.earlyResults = rule
        try await withOCR(leeway: leeway) { _, service in
            let (form, id) = try await make(service)
            guard case .failed(let failure) = await service.results(id, of: form) else { throw FixtureError() }
            #expect(failure.code == code && failure.disposition == .retry)
        }
    }
}
