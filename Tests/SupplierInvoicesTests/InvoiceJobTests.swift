import Foundation
import Journey
import OCRInvoice
import RemoteServices
import Sales
import Simulators
import SupplierInvoices
import Testing

/// A document from its folder to its reading, over a store and a service that fail.
@Suite(.timeLimit(.minutes(3))) struct InvoiceJobTests {
    /// It was read: one job, processed once, and nothing is left outside.
    private func expectRead(_ stand: InvoiceStand, made: Int = 1, processed: Int = 1) async throws {
        let (machine, failures) = (await stand.run.machine, await stand.run.failures)
        #expect(machine.state == .done, "\(failures.map { "\($0.code) \($0.message)" })")
        #expect(await stand.ocr.madeByNumber() == [stand.number: made])
        #expect(await stand.ocr.currentTotals.processed == processed)
        #expect(await stand.ocr.liveJobs.isEmpty)
        try await expectKept(stand)
    }

    private func expectKept(_ stand: InvoiceStand) async throws {
        #expect(await stand.store.objects().isEmpty)
        let reading = try #require(stand.reading)
        let results = String(decoding: InvoiceStand.results, as: UTF8.self)
        #expect(reading.contains(",\"results\":\(results),\"kept_at\":\""))
        #expect(reading.hasPrefix("{\"job\":{\"id\":") && reading.hasSuffix("}\n"))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(reading.utf8)) as? [String: Any])
        let job = try #require(json["job"] as? [String: Any])
        #expect(job["jobNumber"] as? String == stand.number)
        // A name that no file can have is cut.
        #expect(job["documentName"] as? String == String(stand.file.name.prefix(300)))
    }

    private func expectNothingSecret(_ stand: InvoiceStand) async {
        let secrets = [
            stand.ocr.configuration.key, stand.store.configuration.secret, "X-Amz-Signature",
            SupplierInvoiceContext(await stand.run.context)?.name.text,
        ]
        for failure in await stand.run.failures {
            for secret in secrets.compactMap(\.self) { #expect(!"\(failure)".contains(secret)) }
        }
    }

    @Test("a document is published, read and taken back", arguments: [true, false]) func usual(deletes: Bool)
        async throws
    {
        try await InvoiceStand.open(.init(deletesRemote: deletes)) { stand in
            try await stand.run.go()
            if deletes {
                try await expectRead(stand)
            } else {
                try await expectKept(stand)
                #expect(await stand.ocr.liveJobs.count == 1)
            }
            let counters = await stand.store.counters
            #expect(counters.puts == 1 && counters.gets == 1)
        }
    }

    @Test("what the page leaves open makes no difference", arguments: ["create", "words", "id", "lists", "name"])
    func leeway(what: String) async throws {
        var terms = InvoiceStand.Terms()
        switch what {
        case "create": terms.leeway.fetching = .create
        case "words": terms.leeway.shown.words = .other
        case "id":
            (terms.leeway.shown.id, terms.leeway.shown.hasURL, terms.leeway.shown.hasMetadata) = (.plain, false, false)
        case "lists": (terms.leeway.lists.search, terms.leeway.lists.lag) = (.ignored, .seconds(30))
        default: terms.name = String(repeating: "ก", count: 300) + ".pdf"
        }
        try await InvoiceStand.open(terms) { stand in
            await stand.ocr.inject(.init(.loseAnswerAfterActing, operation: .create, times: 1))
            try await stand.run.go()
            try await expectRead(stand)
        }
    }

    private static let faults: [AnswerFault] = [
        .loseAnswerBeforeActing, .loseAnswerAfterActing, .garbage, .truncated, .unavailable(status: 503),
    ]

    @Test(
        "an answer of the service that is lost costs nothing",
        arguments: [SupplierOCRSimulator.Operation.create, .process, .get, .results, .delete], faults)
    func lost(operation: SupplierOCRSimulator.Operation, fault: AnswerFault) async throws {
        try await InvoiceStand.open { stand in
            await stand.ocr.inject(.init(fault, operation: operation, times: 2))
            try await stand.run.go()
            try await expectRead(stand)
            await expectNothingSecret(stand)
        }
    }

    @Test(
        "an answer of the store that is lost costs nothing",
        arguments: [ObjectStoreSimulator.Operation.put, .delete],
        [
            ObjectStoreSimulator.Fault.Kind.loseAnswerBeforeActing, .loseAnswerAfterActing, .truncated, .garbage,
            .unavailable(status: 503), .refusal(status: 503, code: "SlowDown"),
            .refusal(status: 507, code: "InsufficientStorage"), .refusal(status: 403, code: "QuotaExceeded"),
            .refusal(status: 403, code: "AccessDenied"), .refusal(status: 404, code: "NoSuchBucket"),
            .refusal(status: 403, code: "InvalidAccessKeyId"),
        ])
    func store(operation: ObjectStoreSimulator.Operation, fault: ObjectStoreSimulator.Fault.Kind) async throws {
        try await InvoiceStand.open { stand in
            await stand.store.inject(.init(fault, operation: operation, times: 3))
            try await stand.run.go()
            try await expectRead(stand)
            await expectNothingSecret(stand)
        }
    }

    @Test("a key of the store that is refused holds the account, and its probe shows when that is over")
    func misconfigured() async throws {
        try await InvoiceStand.open { stand in
            await stand.store.inject(.init(.refusal(status: 403, code: "InvalidAccessKeyId")))
            try await stand.run.attempt()
            let failure = try #require(await stand.run.failures.last)
            #expect(failure.disposition == .holdAccount && stand.service.probeReveals(failure.code))
            #expect(stand.service.advice(for: failure.code).contains("supplier_invoices.object_store"))
            #expect(await stand.service.probe()?.code == failure.code)
            await stand.store.clearFaults()
            #expect(await stand.service.probe() == nil)
            #expect(await stand.ocr.currentTotals.made == 0)
            try await stand.run.go()
            try await expectRead(stand)
        }
    }

    @Test("a gateway that is killed after any step goes on where it was", arguments: 1...6, [false, true])
    func killed(step: Int, twice: Bool) async throws {
        try await InvoiceStand.open { stand in
            await stand.run.kill(after: twice ? [step, step + 1] : [step])
            try await stand.run.go()
            try await expectRead(stand)
        }
    }

    @Test(
        "a call that is cut off in the middle is made good",
        arguments: [SupplierOCRSimulator.Operation.create, .process, .get, .results, .delete])
    func stopped(operation: SupplierOCRSimulator.Operation) async throws {
        try await InvoiceStand.open { stand in
            await stand.ocr.inject(.init(.slow(.seconds(30)), operation: operation, times: 1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await stand.run.go() }
                while await !stand.ocr.calls().contains(where: { $0.operation == operation }) {
                    try await stand.ocr.waitForCalls(atLeast: await stand.ocr.currentTotals.calls + 1)
                }
                group.cancelAll()
                while let result = await group.nextResult() { _ = result }
            }
            try await stand.run.go()
            try await expectRead(stand)
        }
    }

    // MARK: Links

    @Test("a link that ends before the document is fetched is made anew, and the job goes on with it")
    func linkOver() async throws {
        try await InvoiceStand.open { stand in
            try await stand.run.go { $0.remoteID != nil }
            // At the store the time of the link is over.
            await stand.store.inject(.init(.clock(ahead: .seconds(7200)), operation: .get))
            try await stand.run.go { $0.step == .follow }
            await stand.run.pass(.seconds(7200))
            try await stand.run.go { $0.step == .begin }
            #expect(await stand.run.machine.remoteID != nil)
            await stand.store.clearFaults()
            try await stand.run.go()
            try await expectRead(stand, processed: 2)
            #expect(await stand.ocr.calls().count { $0.operation == .update } == 1)
            #expect(await stand.store.counters.puts == 2)
        }
    }

    @Test("answers that are lost while a link is made anew cost nothing", arguments: faults)
    func updateLost(fault: AnswerFault) async throws {
        try await InvoiceStand.open { stand in
            try await stand.run.go { $0.remoteID != nil }
            await stand.store.inject(.init(.clock(ahead: .seconds(7200)), operation: .get))
            try await stand.run.go { $0.step == .follow }
            await stand.run.pass(.seconds(7200))
            await stand.ocr.inject(.init(fault, operation: .update, times: 2))
            try await stand.run.go { $0.step == .begin }
            await stand.store.clearFaults()
            try await stand.run.go()
            try await expectRead(stand, processed: 2)
        }
    }

    @Test("a link that is over while it is not known whether the job is processed does not process it twice")
    func linkOverWhileOpen() async throws {
        try await InvoiceStand.open { stand in
            try await stand.run.go { $0.remoteID != nil }
            await stand.run.kill(after: [await stand.run.stepsTaken + 1])
            try await stand.run.attempt()
            await stand.run.pass(.seconds(7200))
            try await stand.run.go()
            try await expectRead(stand)
        }
    }

    @Test("a job that the service forgot is made again, and not for ever")
    func forgotten() async throws {
        try await InvoiceStand.open { stand in
            for _ in 0..<3 {
                try await stand.run.go { $0.step == .follow }
                let id = try #require(await stand.run.machine.remoteID)
                #expect(await stand.service.remove(id) == nil)
                try await stand.run.go { $0.step == .begin }
            }
            try await stand.run.go()
            let machine = await stand.run.machine
            #expect(machine.state == .rejected && machine.lastError?.code == OCRInvoiceService.jobGone)
            let made = await stand.ocr.madeByNumber()[stand.number] ?? 0
            #expect((2...4).contains(made), "\(made)")
        }
    }

    @Test("a job that is forgotten once is read by the next") func forgottenOnce() async throws {
        try await InvoiceStand.open { stand in
            try await stand.run.go { $0.step == .follow }
            #expect(await stand.service.remove(try #require(await stand.run.machine.remoteID)) == nil)
            try await stand.run.go()
            try await expectRead(stand, made: 2, processed: 2)
        }
    }

    // MARK: No reading

    @Test("a document without results is refused, and can be taken back") func noResults() async throws {
        try await InvoiceStand.open { stand in
            await stand.ocr.inject(.init(.results("null")))
            try await stand.run.go()
            #expect(await stand.run.machine.lastError?.code == SupplierInvoiceService.noResult)
            try await expectTakenBack(stand)
        }
    }

    @Test("a document that could not be read is refused, and can be taken back") func failed() async throws {
        try await InvoiceStand.open { stand in
            await stand.store.inject(.init(.refusal(status: 404, code: "NoSuchKey"), operation: .get))
            try await stand.run.go()
            #expect(await stand.run.machine.lastError?.code == "OCRInvoice::ReadingFailed")
            await stand.store.clearFaults()
            try await expectTakenBack(stand)
        }
    }

    @Test("a document that is not read in its time is given up") func givenUp() async throws {
        var terms = InvoiceStand.Terms(giveUpAfter: .seconds(1800))
        terms.leeway.polls = 10_000
        try await InvoiceStand.open(terms) { stand in
            let start = stand.run.time.now
            try await stand.run.go()
            #expect(await stand.run.machine.lastError?.code == SupplierInvoiceService.noResult)
            #expect((1500...2400).contains(stand.run.time.now.timeIntervalSince(start)))
            try await expectTakenBack(stand)
        }
    }

    private func expectTakenBack(_ stand: InvoiceStand) async throws {
        #expect(await stand.run.machine.state == .rejected && stand.reading == nil)
        #expect(await stand.ocr.currentTotals.processed == 1)
        let context = await stand.run.context
        for _ in 0..<2 {
            #expect(
                await stand.service.withdraw(context: context, .init(digest: stand.file.digest, type: .pdf)) == nil)
        }
        #expect(await stand.store.objects().isEmpty)
        await expectNothingSecret(stand)
    }

    @Test("a reading that is kept is never given up because the job cannot be deleted") func notDeleted() async throws {
        try await InvoiceStand.open { stand in
            await stand.ocr.inject(.init(.refusal(status: 400, body: #"{"success":false}"#), operation: .delete))
            try await stand.run.go()
            #expect(await stand.run.machine.state == .done)
            try await expectKept(stand)
        }
    }

    @Test("a document that is not in its place yet is waited for") func notThereYet() async throws {
        try await InvoiceStand.open { stand in
            let (place, aside) = ("\(stand.root)/reading/\(stand.file.digest).pdf", "\(stand.root)/aside")
            try FileManager.default.moveItem(atPath: place, toPath: aside)
            try await stand.run.attempt()
            #expect(await stand.run.failures.last?.disposition == .retry)
            #expect(await stand.ocr.currentTotals.calls == 0)
            try FileManager.default.moveItem(atPath: aside, toPath: place)
            try await stand.run.go()
            try await expectRead(stand)
        }
    }

    @Test("a job whose record cannot be read is refused, and nothing is sent") func unreadable() async throws {
        try await InvoiceStand.open { stand in
            let job = OwedJob(kind: .supplierInvoice, key: stand.file.digest, request: ServiceRequest(bytes: [1]))
            guard case .failed(let failure) = await stand.service.begin(job) else { throw FixtureError() }
            #expect(failure.disposition == .reject)
            #expect(await stand.ocr.currentTotals.calls == 0)
        }
    }
}
