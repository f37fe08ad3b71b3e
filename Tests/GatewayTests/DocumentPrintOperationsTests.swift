import Foundation
import Journey
import Outbox
import Sales
import Simulators
import TestRuntime
import Testing

@testable import Gateway

/// What is asked of a document's print before it is queued.
@Suite(.timeLimit(.minutes(1))) struct DocumentPrintOperationsTests {
    /// A registered sale with a document at Slime; nothing prints.
    private func open(_ body: (Shop, TransactionID, DocumentID) async throws -> Void) async throws {
        try await Shop.open(.jobWorker, printsDocuments: true) { shop in
            let id = try await shop.sell("A", extra: #","receipt":{"print":false}"#)
            _ = try await shop.sale(id) { $0.registrationState == .ready }
            let document = try await shop.slime.customerMakesDocument(of: "A")
            await shop.slime.finishDocuments()
            try await body(shop, id, try #require(DocumentID(document.id)))
        }
    }

    private func refusal(
        _ choice: DocumentOperations.Choice, of id: TransactionID, by documents: DocumentOperations
    ) async -> OperationError? {
        do {
            _ = try await documents.print(choice, of: id)
            return nil
        } catch {
            return error
        }
    }

    @Test("a document that is on its way is answered as it is, without asking anybody")
    func once() async throws {
        try await open { shop, id, document in
            let first = try await shop.gateway.documents.print(.latest, of: id)
            #expect(first.document == document && first.machine.state == .queued)
            await shop.slime.inject(.init(.unavailable(status: 503)))
            #expect(try await shop.gateway.documents.print(.document(document), of: id) == first)
            let cancelled = try await shop.gateway.documents.cancelPrint(.latest, of: id)
            #expect(cancelled.id == first.id && cancelled.machine.state == .cancelled)
            let again = await #expect(throws: OperationError.self) {
                try await shop.gateway.documents.cancelPrint(.document(document), of: id)
            }
            #expect(
                again
                    == .wrongState(
                        "the print of the document \(document) is cancelled; only a queued one can be cancelled")
            )
        }
    }

    @Test("with a full queue it is refused before it is fetched, and may be asked for again")
    func fullQueue() async throws {
        try await open { shop, id, document in
            for number in 1...Outbox.mostDocumentPrints {
                _ = try await shop.outbox.printDocument(
                    try #require(DocumentID("D\(number)")), of: id, pdf: [1], on: "front", at: shop.time.now)
            }
            let refusal = await refusal(.document(document), of: id, by: shop.gateway.documents)
            guard case .printerUnavailable(let reason, .seconds(30), false)? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
            #expect(reason.hasPrefix("20 documents wait for the printer front already"))
        }
    }

    @Test("sales keep their room on the disk: a document that would take of it is not kept")
    func shortDisk() async throws {
        try await open { shop, id, document in
            var documents = shop.gateway.documents
            documents.diskSpace = DiskSpace(minimum: 64 << 20)
            for free in [63 << 20, 64 << 20, (64 << 20) + 1_000] {
                _ = documents.diskSpace.update(free: free)
                let refusal = await refusal(.document(document), of: id, by: documents)
                guard case .diskFull(let reason)? = refusal else {
                    Issue.record("\(String(describing: refusal))")
                    return
                }
                #expect(reason.contains("sales need 64 MiB of it (outbox.min_free_space)"), "\(reason)")
            }
            _ = documents.diskSpace.update(free: 80 << 20)
            let print = try await documents.print(.document(document), of: id)
            #expect(print.machine.state == .queued)
        }
    }

    @Test("the newest document of a sale that is not registered yet is not made yet; of a rejected one there is none")
    func unregistered() async throws {
        try await Shop.open(.nobody, printsDocuments: true) { shop in
            let id = try await shop.sell("A")
            let pending = await refusal(.latest, of: id, by: shop.gateway.documents)
            guard case .notYet(let reason, .seconds(10))? = pending else {
                Issue.record("\(String(describing: pending))")
                return
            }
            #expect(reason.contains("not registered yet"))
            let failure = Failure(code: "SchemaViolation", message: "no", at: shop.time.now)
            try await shop.outbox.apply(
                [.attemptBegan, .rejected(failure)], toJob: try await shop.outbox.sale(id).registration.job,
                at: shop.time.now)
            #expect(
                await refusal(.latest, of: id, by: shop.gateway.documents)
                    == .notFound("there is no document of the sale A: its registration was rejected"))
        }
    }
}
