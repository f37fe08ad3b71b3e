public import Outbox
import RemoteServices
import Runtime
public import Sales

// Documents on paper, as their provider made them.
extension DocumentOperations {
    /// Queues a document for the printer of documents. It is fetched first: from then on its print needs nobody.
    public func print(_ choice: Choice, of id: TransactionID) async throws(OperationError) -> DocumentPrint {
        guard let printer else {
            throw .wrongState("no printer is configured for documents; name one in documents.printer")
        }
        let (document, pdf) = try await fetched(choice, of: id)
        do {
            return try await questions.outbox.printDocument(document, of: id, pdf: pdf, on: printer, at: clock.now)
        } catch {
            throw OperationError(error)
        }
    }

    /// The sale's documents that were put on paper, in the order in which that was asked for.
    public func prints(of id: TransactionID) async throws(OperationError) -> [DocumentPrint] {
        do { return try await questions.outbox.documentPrints(of: id) } catch { throw OperationError(error) }
    }

    /// Nothing is done by asking: whoever sent the request may send it again under its key.
    private func fetched(
        _ choice: Choice, of id: TransactionID
    ) async throws(OperationError) -> (DocumentID, [UInt8]) {
        do {
            let document = try await document(choice, of: id)
            return (document, try await file(.pdf, .document(document), of: id))
        } catch {
            guard case .unavailable(let reason, let retryAfter, _) = error else { throw error }
            throw .unavailable(reason, retryAfter: retryAfter, isUndone: true)
        }
    }

    private func document(_ choice: Choice, of id: TransactionID) async throws(OperationError) -> DocumentID {
        switch choice {
        case .document(let document): return document
        case .latest:
            let documents = try await documents(of: id)
            guard let latest = documents.last(where: \.document.isReady) else {
                guard documents.isEmpty else { throw questions.notYet("the document of the sale \(id)") }
                throw .notFound("there is no document of the sale \(id)")
            }
            return latest.document.id
        }
    }
}
