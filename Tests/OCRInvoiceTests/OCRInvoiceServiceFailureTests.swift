import Foundation
import RemoteServices
import Simulators
import Synchronization
import TestNetwork
import Testing

@testable import OCRInvoice

/// What goes wrong with single calls.
@Suite(.timeLimit(.minutes(1))) struct OCRInvoiceServiceFailureTests {
    typealias Leeway = SupplierOCRSimulator.Leeway

    private func make(_ service: OCRInvoiceService, at link: DocumentLink? = nil) async throws -> (OCRJobForm, String) {
        let form = try Fixture.form()
        guard case .made(let id) = await service.create(form, at: try link ?? Fixture.link()) else {
            throw FixtureError()
        }
        return (form, id)
    }

    // MARK: Processing

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
            #expect(failure.code == code && failure.disposition == .reject)
        }
    }

    // MARK: Gone

    @Test("a job that was deleted is gone for every call, and to delete it again succeeds")
    func gone() async throws {
        try await withOCR { ocr, service in
            let form = try Fixture.form()
            guard case .gone(let shown) = await service.show("x", of: form),
                case .gone = await service.process("x", of: form),
                case .gone = await service.results("x", of: form),
                case .gone = await service.update("x", form, at: try Fixture.link())
            else { throw FixtureError() }
            #expect(shown.code == OCRInvoiceService.jobGone && shown.disposition == .retry)
            #expect(await service.remove("x") == nil)
        }
    }

    @Test("a path that is configured wrong is no deleted job")
    func wrongPath() async throws {
        try await withOCR { ocr, service in
            let (form, id) = try await make(service)
            let names = OCRInvoiceNames(processPath: "start", resultsPath: "output")
            try await withService(at: try await ocr.endpoint(), names: names) { wrong in
                guard case .failed(let process) = await wrong.process(id, of: form),
                    case .failed(let results) = await wrong.results(id, of: form)
                else { throw FixtureError() }
                for failure in [process, results] {
                    #expect(failure.code == OCRInvoiceService.wrongPath && failure.disposition == .holdAccount)
                    #expect(!wrong.probeReveals(failure.code))
                }
            }
            try await withService(at: try await ocr.endpoint(), names: OCRInvoiceNames(resource: "/jobs")) { wrong in
                guard case .failed(let show) = await wrong.show(id, of: form) else { throw FixtureError() }
                #expect(show.code == "OCRInvoice::404" && show.disposition == .holdAccount)
                #expect(await wrong.remove(id)?.code == "OCRInvoice::404")
                guard case .failed(let create) = await wrong.create(form, at: try Fixture.link()) else {
                    throw FixtureError()
                }
                #expect(create.disposition == .noAnswer(isServiceWide: true))
            }
        }
    }

    // MARK: The account

    @Test(
        "an account that is refused is held, and well again by itself",
        arguments: [(401, true), (402, false), (403, false)])
    func held(status: Int, isRevealed: Bool) async throws {
        var leeway = Leeway()
        leeway.accountStatus = status
        try await withOCR(leeway: leeway) { ocr, service in
            let form = try Fixture.form()
            guard case .failed(let failure) = await service.create(form, at: try Fixture.link()) else {
                throw FixtureError()
            }
            #expect(failure.disposition == .holdAccount && failure.code == "OCRInvoice::\(status)")
            #expect(await service.probe()?.disposition == .holdAccount)
            #expect(service.probeReveals(failure.code) == isRevealed)
            #expect(service.advice(for: failure.code) != service.advice(for: nil))
            try await ocr.setLeeway(Leeway())
            #expect(await service.probe() == nil)
        }
    }

    @Test("a page in place of a list is no proof that the account is well", arguments: [true, false])
    func portal(isGarbage: Bool) async throws {
        try await withOCR { ocr, service in
            await ocr.inject(
                .init(isGarbage ? .garbage : .otherAnswer(status: 200, body: #"{"success":true,"data":{}}"#), times: 1))
            #expect(await service.probe()?.disposition == .noAnswer(isServiceWide: true))
            #expect(await service.probe() == nil)
        }
    }

    // MARK: The list

    @Test("staff see the service's own list, page by page")
    func list() async throws {
        try await withOCR { ocr, service in
            await ocr.addForeignJobs(120)
            _ = try await make(service)
            let page = try await service.list(from: 100, size: 100)
            #expect(page.jobs.count == 21 && page.total == 121)
            let found = try await service.list(search: Fixture.number)
            #expect(found.jobs.map(\.number) == [Fixture.number] && found.jobs.first?.documentName == "ใบแจ้งหนี้.pdf")
            await ocr.inject(.init(.unavailable(status: 503), times: 1))
            await #expect(throws: ServiceFailure.self) { try await service.list() }
        }
    }

    // MARK: Answers that are none

    @Test(
        "an answer that is none is an unknown end of a create and of a process, and none of the others",
        arguments: [
            AnswerFault.loseAnswerBeforeActing, .loseAnswerAfterActing, .garbage, .truncated, .endless, .drip,
            .packed(.bomb), .slow(.seconds(20)), .unavailable(status: 503),
        ])
    func unknownEnd(fault: AnswerFault) async throws {
        try await withOCR(timeout: .milliseconds(700)) { ocr, service in
            let (form, id) = try await make(service)
            await ocr.inject(.init(fault))
            let link = try Fixture.link()
            guard case .failed(let create) = await service.create(form, at: link),
                case .failed(let process) = await service.process(id, of: form),
                case .failed(let show) = await service.show(id, of: form),
                case .failed(let update) = await service.update(id, form, at: link),
                case .failed(let results) = await service.results(id, of: form),
                let remove = await service.remove(id)
            else { throw FixtureError() }
            #expect(create.mayHaveActed && process.mayHaveActed)
            for failure in [show, update, results, remove] { #expect(!failure.mayHaveActed, "\(failure.code)") }
            for failure in [create, process, show, update, remove] {
                #expect(failure.disposition == .noAnswer(isServiceWide: false), "\(failure.code)")
            }
            #expect(await service.probe()?.disposition == .noAnswer(isServiceWide: true))
        }
    }

    @Test("a call that is cancelled ends at once, and says what is not known")
    func cancelled() async throws {
        try await withOCR(timeout: .seconds(50)) { ocr, service in
            await ocr.inject(.init(.slow(.seconds(50))))
            let form = try Fixture.form()
            let link = try Fixture.link()
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: OCRJobCreation.self) { group in
                group.addTask { await service.create(form, at: link) }
                try await ocr.waitForCalls(atLeast: 1)
                group.cancelAll()
                guard case .failed(let failure)? = try await group.next() else { throw FixtureError() }
                #expect(failure.mayHaveActed && failure.code == "Gateway::Unanswered")
            }
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test("a service that is not there has not acted")
    func unreachable() async throws {
        try await withService(at: "http://127.0.0.1:1", timeout: .seconds(2)) { service in
            let form = try Fixture.form()
            guard case .failed(let failure) = await service.create(form, at: try Fixture.link()) else {
                throw FixtureError()
            }
            #expect(failure.code == "Gateway::Unreachable" && !failure.mayHaveActed)
            #expect(failure.message.hasPrefix("Not sent to OCR Invoice:"))
        }
    }

    // MARK: Discretion

    @Test("nothing that comes of a call says the link, the key or what was read", arguments: [400, 422, 200])
    func discreet(status: Int) async throws {
        var leeway = Leeway()
        (leeway.refusalStatus, leeway.quotesRequests) = (status, true)
        try await withOCR(leeway: leeway) { ocr, service in
            let (form, id) = try await make(service)
            let link = try Fixture.link()
            let quoting =
                #"{"success":false,"message":"supplier-ocr-simulator-key http://127.0.0.1:9/4f1c-secret/inv.pdf"}"#
            var shown: [String] = []
            for operation in SupplierOCRSimulator.Operation.allCases {
                await ocr.inject(.init(.otherAnswer(status: status, body: quoting), operation: operation, times: 3))
            }
            shown.append("\(await service.create(form, at: link))")
            shown.append("\(await service.show(id, of: form))")
            shown.append("\(await service.process(id, of: form))")
            shown.append("\(await service.results(id, of: form))")
            shown.append("\(await service.update(id, form, at: link))")
            shown.append("\(String(describing: await service.remove(id)))")
            shown.append("\(String(describing: await service.probe()))")
            await ocr.clearFaults()
            await ocr.inject(.init(.results(#"{"total":"1070.00"}"#)))
            shown.append("\(await service.results(id, of: form))")
            shown.append("\(await service.show(id, of: form))")
            shown.append("\(service)")
            for text in shown {
                for secret in ["supplier-ocr-simulator-key", "4f1c", "1070"] {
                    #expect(!text.contains(secret), "\(text)")
                }
            }
        }
    }

    @Test("calls are counted under one name each, and there are no others")
    func metrics() async throws {
        #expect(Set(OCRInvoiceService.calls).count == 9)
        let counted = Mutex<[String]>([])
        try await withOCR { ocr, plain in
            let service = OCRInvoiceService(
                client: plain.client,
                observer: ServiceObserver(called: { call, failure in
                    counted.withLock { $0.append("\(call) \(failure ?? "ok")") }
                }))
            await ocr.inject(.init(.garbage, operation: .create, times: 1))
            _ = await service.create(try Fixture.form(), at: try Fixture.link())
            _ = try await service.find(try Fixture.form())
            _ = await service.probe()
            _ = await service.show("x", of: try Fixture.form())
        }
        #expect(
            counted.withLock(\.self) == [
                "create unintelligible", "find ok", "find ok", "probe ok", "show refused", "probe ok",
            ])
    }
}
