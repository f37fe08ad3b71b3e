import Foundation
import Journey
import OCRInvoice
import Outbox
import Sales
import Simulators
import SupplierInvoices
import TestInvoices
import TestRuntime
import Testing

/// What a worker makes of suppliers' invoices while either end fails, and after kills: by the records of the other ends.
@Suite(.timeLimit(.minutes(3))) struct SupplierInvoiceJobsTests {
    /// Not as anybody would write it: it has to stay byte by byte.
    private static let results = #"{ "total":1070.00,"n":[ 1.50 ,null]}"#

    /// What goes wrong on the way, and is over after a while.
    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var reader: [SupplierOCRSimulator.Fault] = []
        var store: [ObjectStoreSimulator.Fault] = []

        init(_ name: String, _ fault: AnswerFault, _ operation: SupplierOCRSimulator.Operation, _ times: Int = 1) {
            testDescription = name
            reader = [.init(fault, operation: operation, times: times)]
        }

        init(
            _ name: String, store fault: ObjectStoreSimulator.Fault.Kind, _ operation: ObjectStoreSimulator.Operation,
            _ times: Int = 1
        ) {
            testDescription = name
            store = [.init(fault, operation: operation, times: times)]
        }

        static let all: [Trouble] = [
            Trouble("nothing", .slow(.zero), .create),
            Trouble("create is heard, and its answer lost", .loseAnswerAfterActing, .create),
            Trouble("create is not heard", .loseAnswerBeforeActing, .create),
            Trouble("create is heard, and its answer cut", .truncated, .create),
            Trouble("create meets a proxy's page", .garbage, .create),
            Trouble("create meets a server that fails", .unavailable(status: 502), .create, 3),
            Trouble("create meets a key that is refused", .refusal(status: 401, body: "{}"), .create, 2),
            Trouble("process is heard, and its answer lost", .loseAnswerAfterActing, .process),
            Trouble("process is not heard", .loseAnswerBeforeActing, .process),
            Trouble("process meets a server that fails", .unavailable(status: 500), .process, 2),
            Trouble("shows are cut", .truncated, .get, 3),
            Trouble("shows meet a server that fails", .unavailable(status: 503), .get, 4),
            Trouble("a show says that there is no such job", .refusal(status: 404, body: "{}"), .get),
            Trouble("results are lost", .loseAnswerAfterActing, .results, 2),
            Trouble("results meet a proxy's page", .garbage, .results, 2),
            Trouble("a delete is heard, and its answer lost", .loseAnswerAfterActing, .delete),
            Trouble("deletes are not heard", .loseAnswerBeforeActing, .delete, 2),
            Trouble("the store keeps it, and its answer is lost", store: .loseAnswerAfterActing, .put),
            Trouble("the store does not hear", store: .loseAnswerBeforeActing, .put, 4),
            Trouble("the store is down", store: .unavailable(status: 503), .put, 5),
            Trouble("the store is full", store: .refusal(status: 507, code: "XMinioStorageFull"), .put, 3),
            Trouble("the store refuses the key", store: .refusal(status: 403, code: "AccessDenied"), .put, 3),
            Trouble("the store answers with a page", store: .garbage, .put, 2),
            Trouble("the store removes it, and its answer is lost", store: .loseAnswerAfterActing, .delete),
            Trouble("the store is down when it is taken back", store: .unavailable(status: 503), .delete, 4),
            Trouble("the store refuses to remove", store: .refusal(status: 400, code: "InvalidRequest"), .delete, 2),
        ]
    }

    private func expectReadOnce(_ stand: InvoiceStand, processed: Int = 1) async throws {
        let record = try await stand.settled()
        #expect(record.state == .read, "\(String(describing: record.lastError))")
        #expect(await stand.ends.reader.madeByNumber().values.map { $0 } == [1])
        #expect(await stand.ends.reader.currentTotals.processed == processed)
        #expect(await stand.leftovers() == [])
        #expect(try stand.reading()?.contains(#","results":\#(Self.results),"kept_at":"#) == true)
    }

    private func script(_ stand: InvoiceStand) async throws {
        let form = OCRJobForm(kept: stand.service.request(for: try stand.folder.file(of: "A")).request)
        try await stand.ends.reader.setResults(Array(Self.results.utf8), ofJobNumbered: try #require(form).number)
    }

    @Test("a document is read once, as one job, and nothing of it is left outside", arguments: Trouble.all)
    func readOnce(trouble: Trouble) async throws {
        try await InvoiceStand.open { stand in
            try await script(stand)
            for fault in trouble.reader { await stand.ends.reader.inject(fault) }
            for fault in trouble.store { await stand.ends.store.inject(fault) }
            try await stand.take()
            try await expectReadOnce(stand)
            #expect(await stand.ends.reader.activeFaults.isEmpty)
            #expect(await stand.ends.store.activeFaults.isEmpty)
        }
    }

    @Test(
        "a gateway that is killed at any step goes on, and has made one job",
        arguments: (1...5).flatMap { [MortalInvoiceService.Death.before($0), .after($0)] })
    func killed(death: MortalInvoiceService.Death) async throws {
        try await InvoiceStand.open(
            .init(death: death),
            { stand in
                try await script(stand)
                try await stand.take()
                try await stand.wait { stand.service.isDead }
            },
            { stand in try await expectReadOnce(stand) })
    }

    @Test("what is read is kept before anything is taken back: after a kill in between nothing is asked for again")
    func killedAfterKeeping() async throws {
        try await InvoiceStand.open(
            .init(),
            { stand in
                try await script(stand)
                await stand.ends.store.inject(.init(.loseAnswerBeforeActing, operation: .delete))
                try await stand.take()
                try await stand.wait { try stand.reading() != nil }
            },
            { stand in
                await stand.ends.store.clearFaults()
                let asked = await stand.ends.reader.calls().count(where: { $0.operation == .results })
                try await expectReadOnce(stand)
                #expect(await stand.ends.reader.calls().count(where: { $0.operation == .results }) == asked)
            })
    }

    @Test("a link that ends before the document is fetched is made anew, and the same job is processed again")
    func expired() async throws {
        // Longer than the link works.
        try await InvoiceStand.open(.init(polls: 20)) { stand in
            try await script(stand)
            await stand.ends.store.inject(.init(.refusal(status: 403, code: "AccessDenied"), operation: .get, times: 1))
            await stand.ends.reader.inject(.init(.loseAnswerAfterActing, operation: .update, times: 1))
            try await stand.take()
            try await expectReadOnce(stand, processed: 2)
            let bodies = await stand.ends.reader.calls().filter { [.create, .update].contains($0.operation) }
            #expect(
                bodies.map(\.operation).first == .create && bodies.dropFirst().allSatisfy { $0.operation == .update })
        }
    }

    @Test("a job that the service forgets is made once more")
    func forgotten() async throws {
        try await InvoiceStand.open(.init(polls: 5)) { stand in
            try await script(stand)
            let number = try await stand.take()
            try await stand.wait { await stand.ends.reader.calls().contains { $0.operation == .get } }
            let id = try #require(try await stand.outbox.supplierInvoice(number).remoteID)
            #expect(await stand.service.remove(id) == nil)
            #expect(try await stand.settled().state == .read)
            #expect(await stand.ends.reader.madeByNumber().values.map { $0 } == [2])
            #expect(await stand.leftovers() == [])
        }
    }

    /// What ends without a reading.
    enum End: String, CaseIterable, Sendable {
        case nullResults, unreadable, neverDone

        var code: String { self == .unreadable ? "OCRInvoice::ReadingFailed" : "OCRInvoice::NoResult" }
    }

    @Test("what cannot be read ends with its reason, and can be withdrawn", arguments: End.allCases)
    func unread(end: End) async throws {
        try await InvoiceStand.open(.init(polls: end == .neverDone ? 10_000 : 1)) { stand in
            switch end {
            case .nullResults: await stand.ends.reader.inject(.init(.results("null"), operation: .results))
            case .unreadable: await stand.ends.store.inject(.init(.unavailable(status: 500), operation: .get))
            case .neverDone: break
            }
            let begin = stand.time.now
            let record = try await stand.settled(try await stand.take())
            #expect(record.state == .failed && record.lastError?.code == end.code)
            #expect(try stand.reading() == nil)
            if end == .neverDone { #expect(stand.time.now.timeIntervalSince(begin) >= 86_400 - 600) }
            #expect(await stand.ends.reader.currentTotals.made == 1)
            let document = PublishedDocument.Name(digest: record.digest, type: .pdf)
            #expect(await stand.service.withdraw(context: record.context, document) == nil)
            #expect(await stand.ends.store.objects().isEmpty)
        }
    }

    @Test("a service that keeps its jobs does not keep the reading from the shop")
    func undeletable() async throws {
        try await InvoiceStand.open { stand in
            try await script(stand)
            await stand.ends.reader.inject(.init(.refusal(status: 403, body: "{}"), operation: .delete))
            try await stand.take()
            #expect(try await stand.settled().state == .read)
            #expect(try stand.reading() != nil)
            #expect(await stand.ends.store.objects().isEmpty)
        }
    }

    @Test("a document whose file is not there yet waits for it")
    func late() async throws {
        try await InvoiceStand.open { stand in
            try await script(stand)
            let number = try await stand.take(isThere: false)
            try await stand.wait { try await stand.outbox.supplierInvoice(number).lastError != nil }
            let code = try await stand.outbox.supplierInvoice(number).lastError?.code
            #expect(code == "Gateway::DocumentMissing")
            _ = try stand.folder.file(of: "A")
            try await expectReadOnce(stand)
        }
    }
}
