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
                #expect(create.disposition == .holdAccount)
            }
        }
    }

    @Test("a 404 of one job, on a path that has worked, is that job's alone")
    func poisoned() async throws {
        try await withOCR { ocr, service in
            let (form, id) = try await make(service)
            await ocr.inject(.init(.results("{}"), times: 1))
            guard case .answered(.some) = await service.results(id, of: form),
                case .answered = await service.process(id, of: form)
            else { throw FixtureError() }
            await ocr.inject(.init(.otherAnswer(status: 404, body: "{}"), operation: .results))
            await ocr.inject(.init(.otherAnswer(status: 404, body: "{}"), operation: .process))
            #expect(await service.results(id, of: form) == .answered(nil))
            guard case .failed(let process) = await service.process(id, of: form) else { throw FixtureError() }
            #expect(process.disposition == .rejectUnexplained)
        }
    }

    @Test("a create that is answered as if there were no template is a refusal, while the service answers")
    func noTemplate() async throws {
        try await withOCR { ocr, service in
            await ocr.inject(.init(.otherAnswer(status: 404, body: #"{"message":"no template"}"#), operation: .create))
            guard case .failed(let create) = await service.create(try Fixture.form(), at: try Fixture.link()) else {
                throw FixtureError()
            }
            #expect((create.code, create.disposition) == ("OCRInvoice::404", .rejectUnexplained))
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
                .init(.otherAnswer(status: 200, body: #"{"success":true,"data":[{"_id":{}}]}"#), times: 2))
            #expect(await service.probe() == nil)
            let list = try await service.list()
            #expect(list.unreadable == 1)
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
                #"{"success":false,"message":"supplier-ocr-simulator-key http://127.0.0.1:9/4f1c-secret/inv.pdf ใบแจ้งหนี้"}"#
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
                for secret in ["supplier-ocr-simulator-key", "4f1c", "1070", "ใบแจ้งหนี้"] {
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
                client: plain.client, pace: LookUpPace(pause: .zero),
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
