import Foundation
import OCRInvoice
import RemoteServices
import Sales
import Simulators
import Synchronization
import TestInvoices
import Testing

@testable import SupplierInvoices

/// The steps of one document, with the job as a worker would keep it.
@Suite(.timeLimit(.minutes(2))) struct SupplierInvoiceServiceTests {
    private struct Stand {
        let ends: InvoiceEnds
        let folder: InvoiceFolder
        let service: SupplierInvoiceService
        let time: Clock
    }

    private final class Clock: Sendable {
        private let time = Mutex(Date())
        var now: Date { time.withLock(\.self) }
        func pass(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
    }

    private func withService(
        polls: Int = 0, _ body: (Stand) async throws -> Void
    ) async throws {
        let (folder, time) = (try InvoiceFolder(), Clock())
        try await InvoiceEnds.open(polls: polls) { ends in
            try await ends.service(
                in: folder.folder, limits: .init(giveUpAfter: .seconds(86_400), deletesRemote: true),
                now: { time.now }
            ) { service in
                try await body(Stand(ends: ends, folder: folder, service: service, time: time))
            }
        }
    }

    private func job(
        _ stand: Stand, context: String? = nil, mayHaveActed: Bool = false, search: JobSearch = JobSearch(),
        remoteID: String? = nil
    ) throws -> OwedJob {
        let file = try stand.folder.file(of: "A")
        let (request, new) = stand.service.request(for: file)
        return OwedJob(
            kind: .supplierInvoice, key: file.digest, request: ServiceRequest(bytes: request, context: context ?? new),
            mayHaveActed: mayHaveActed, search: search, remoteID: remoteID)
    }

    /// What an attempt has prepared.
    private func prepared(_ outcome: StepOutcome) throws -> (id: String?, context: String) {
        guard case .prepared(let id, let context?) = outcome else {
            Issue.record("\(outcome)")
            throw InvoiceFixtureError()
        }
        return (id, context)
    }

    /// A job that is made, and not processed.
    private func created(_ stand: Stand) async throws -> (id: String, context: String) {
        let (_, context) = try prepared(await stand.service.begin(try job(stand)))
        let (id, same) = try prepared(await stand.service.begin(try job(stand, context: context)))
        #expect(same == context)
        return (try #require(id), context)
    }

    private func operations(_ stand: Stand) async -> [SupplierOCRSimulator.Operation] {
        await stand.ends.reader.calls().compactMap(\.operation)
    }

    @Test("publish, create, process and results are steps of their own") func steps() async throws {
        try await withService { stand in
            let (id, context) = try await created(stand)
            #expect(stand.service.onlyPrepares(try job(stand)))
            #expect(!stand.service.onlyPrepares(try job(stand, context: context)))
            let owed = try job(stand, context: context, remoteID: id)
            #expect(await stand.service.begin(owed) == .begun(remoteID: id))
            #expect(await stand.service.follow(owed) == .done(.filed))
            #expect(await operations(stand) == [.create, .get, .process, .get, .results, .delete])
            #expect(await stand.ends.store.objects().isEmpty)
            #expect(await stand.ends.reader.liveJobs.isEmpty)
        }
    }

    @Test("a publication that a kill cut off is made again at once: no job can have been made under its link")
    func killedWhilePublishing() async throws {
        try await withService { stand in
            let owed = try job(stand, mayHaveActed: true)
            #expect(stand.service.onlyPrepares(owed))
            let (id, _) = try prepared(await stand.service.begin(owed))
            #expect(id == nil)
            #expect(await operations(stand).isEmpty)
        }
    }

    @Test("a job that may have been processed is looked at, and never changed, whatever became of its link")
    func lookedAt() async throws {
        try await withService(polls: 3) { stand in
            let (id, context) = try await created(stand)
            #expect(
                await stand.service.begin(try job(stand, context: context, remoteID: id)) == .begun(remoteID: id))
            // The link is over, and nobody knows whether process was heard.
            stand.time.pass(10_000)
            let owed = try job(stand, context: context, mayHaveActed: true, remoteID: id)
            #expect(!stand.service.onlyPrepares(owed))
            #expect(await stand.service.begin(owed) == .begun(remoteID: id))
            #expect(await operations(stand) == [.create, .get, .process, .get])
        }
    }

    @Test("a job that shows no sign of being processed is looked at twice, and then processed, under a good link")
    func untouched() async throws {
        try await withService { stand in
            let (id, context) = try await created(stand)
            stand.time.pass(10_000)
            var search = JobSearch()
            for _ in 1...2 {
                let owed = try job(stand, context: context, mayHaveActed: true, search: search, remoteID: id)
                guard case .absent = await stand.service.begin(owed) else { throw InvoiceFixtureError() }
                search.foundNothing()
            }
            let owed = try job(stand, context: context, mayHaveActed: true, search: search, remoteID: id)
            let (same, renewed) = try prepared(await stand.service.begin(owed))
            #expect(same == id && renewed != context)
            #expect(await operations(stand).last == .update)
            #expect(
                await stand.service.begin(try job(stand, context: renewed, remoteID: id)) == .begun(remoteID: id))
            #expect(await stand.ends.reader.currentTotals.made == 1)
        }
    }

    @Test("what may have been made under a link that is over is found, and given a new one") func foundLate()
        async throws
    {
        try await withService { stand in
            let (id, context) = try await created(stand)
            stand.time.pass(10_000)
            let found = try prepared(await stand.service.begin(try job(stand, context: context, mayHaveActed: true)))
            #expect(found.id == id && found.context == context)
            let renewed = try prepared(await stand.service.begin(try job(stand, context: context, remoteID: id)))
            #expect(renewed.id == id && SupplierInvoiceContext(renewed.context)?.until ?? .distantPast > stand.time.now)
            #expect(await stand.ends.reader.currentTotals.made == 1)
        }
    }

    @Test(
        "a link is not handed out any more when it ends within ten minutes", arguments: [(2_900, true), (3_100, false)])
    func shortLink(age: TimeInterval, isGood: Bool) async throws {
        try await withService { stand in
            let (_, context) = try prepared(await stand.service.begin(try job(stand)))
            stand.time.pass(age)
            #expect(stand.service.onlyPrepares(try job(stand, context: context)) == !isGood)
        }
    }

    @Test("until a job that is processed anew ends anew, what it shows is the run before") func earlierRun()
        async throws
    {
        try await withService { stand in
            let (id, context) = try await created(stand)
            var read = try #require(SupplierInvoiceContext(context))
            let owed = try job(stand, context: context, remoteID: id)
            #expect(await stand.service.begin(owed) == .begun(remoteID: id))
            let completed = try #require(try await completion(stand, owed, id))
            read = read.published(until: stand.time.now + 3_600, after: completed)
            let anew = try job(stand, context: read.text, remoteID: id)
            guard case .absent(let failure) = await stand.service.follow(anew) else { throw InvoiceFixtureError() }
            #expect(failure.retryAfter == .seconds(5))
        }
    }

    private func completion(_ stand: Stand, _ job: OwedJob, _ id: String) async throws -> String? {
        let form = try #require(OCRJobForm(kept: job.request.bytes))
        return try await stand.ends.client(timeout: .seconds(5)) { client in
            guard case .answered(let shown) = await client.show(id, of: form) else { return nil }
            return shown.completedAt
        }
    }

    @Test("a probe asks both ends, and what it says names neither key nor link") func probed() async throws {
        try await withService { stand in
            #expect(await stand.service.probe() == nil)
            await stand.ends.store.inject(.init(.refusal(status: 403, code: "AccessDenied"), operation: .put, times: 1))
            let failure = try #require(await stand.service.probe())
            #expect(failure.disposition == .holdAccount && stand.service.probeReveals(failure.code))
            let said = "\(failure) \(stand.service.advice(for: failure.code))"
            #expect(said.contains("supplier_invoices.object_store"))
            for secret in stand.ends.secrets { #expect(!said.contains(secret)) }
            #expect(await stand.service.probe() == nil)
        }
    }
}
