public import Outbox
import RemoteServices
import Runtime
public import Sales

// Documents on paper, as their provider made them.
extension DocumentOperations {
    /// How long a printer may take to make room in its queue, for whoever asks again.
    private static let queuePause: Duration = .seconds(30)

    /// Queues a document for the printer of documents. It is fetched first: from then on its print needs nobody. A document
    /// that is on its way to paper already is not queued a second time.
    public func print(_ choice: Choice, of id: TransactionID) async throws(OperationError) -> DocumentPrint {
        guard let printer else {
            throw .wrongState("no printer is configured for documents; name one in documents.printer")
        }
        let document = try await undone { () throws(OperationError) in try await self.document(choice, of: id) }
        if let present = try await prints(of: id).last(where: { $0.document == document && $0.isUnderWay }) {
            return present
        }
        // Nothing is fetched for which there is no room.
        try checkRoom(for: 0)
        try await checkQueue(of: printer)
        let pdf = try await undone { () throws(OperationError) in
            try await self.file(.pdf, .document(document), of: id)
        }
        try checkRoom(for: pdf.count)
        let print: DocumentPrint?
        do {
            print = try await questions.outbox.printDocument(document, of: id, pdf: pdf, on: printer, at: clock.now)
        } catch {
            guard error.code == .full else { throw OperationError(error) }
            _ = diskSpace.recordFull()
            throw .diskFull("the database's disk is full; the document is not printed")
        }
        guard let print else { throw Self.fullQueue(of: printer) }
        return print
    }

    /// The sale's documents that were put on paper, in the order in which that was asked for.
    public func prints(of id: TransactionID) async throws(OperationError) -> [DocumentPrint] {
        do { return try await questions.outbox.documentPrints(of: id) } catch { throw OperationError(error) }
    }

    /// Cancels the queued print of a document; of the one that was asked for last if none is named.
    public func cancelPrint(_ choice: Choice, of id: TransactionID) async throws(OperationError) -> DocumentPrint {
        let document: DocumentID
        switch choice {
        case .document(let named): document = named
        case .latest:
            guard let last = try await prints(of: id).last else {
                throw .notFound("no document of the sale \(id) was to be printed")
            }
            document = last.document
        }
        do {
            return try await questions.outbox.cancelPrint(ofDocument: document, of: id, at: clock.now)
        } catch {
            throw OperationError(error)
        }
    }

    private func checkRoom(for bytes: Int) throws(OperationError) {
        guard let shortage = diskSpace.shortage(beside: bytes) else { return }
        throw .diskFull("\(shortage); the document is not printed, and can be asked for again once there is space")
    }

    private func checkQueue(of printer: String) async throws(OperationError) {
        let queued: Int
        do { queued = try await questions.outbox.queuedDocumentPrints(on: printer) } catch {
            throw OperationError(error)
        }
        if queued >= Outbox.mostDocumentPrints { throw Self.fullQueue(of: printer) }
    }

    private static func fullQueue(of printer: String) -> OperationError {
        .printerUnavailable(
            "\(Outbox.mostDocumentPrints) documents wait for the printer \(printer) already; ask again once it has printed some",
            retryAfter: queuePause)
    }

    /// Nothing is done by asking: whoever sent the request may send it again under its key.
    private func undone<Value>(
        _ ask: () async throws(OperationError) -> Value
    ) async throws(OperationError) -> Value {
        do { return try await ask() } catch {
            guard case .unavailable(let reason, let retryAfter, _) = error else { throw error }
            throw .unavailable(reason, retryAfter: retryAfter, isUndone: true)
        }
    }

    private func document(_ choice: Choice, of id: TransactionID) async throws(OperationError) -> DocumentID {
        switch choice {
        case .document(let document): return document
        case .latest:
            let sale = try await questions.sale(id)
            // Its file is not made yet, or is: to fetch it says which.
            if questions.providers[sale.registration.provider] is any JobDocumentProvider,
                let latest = try await made(of: sale).last
            {
                return latest.id
            }
            let documents = try await documents(of: id)
            if let latest = documents.last(where: \.document.isReady) { return latest.document.id }
            guard documents.isEmpty else { throw questions.notYet("the document of the sale \(id)") }
            switch sale.registration.state {
            case .pending: throw questions.notYet("a document of the sale \(id), which is not registered yet,")
            case .rejected: throw .notFound("there is no document of the sale \(id): its registration was rejected")
            case .ready: throw .notFound("there is no document of the sale \(id)")
            }
        }
    }
}
