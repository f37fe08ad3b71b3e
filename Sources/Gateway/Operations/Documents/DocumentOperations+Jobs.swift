import Journey
import Outbox
import RemoteServices
import Sales

// The document of a provider that makes one of each sale, and tells of nothing else.
extension DocumentOperations {
    /// The one that the registration made.
    static func own(of sale: SaleRecord) -> [DocumentView] {
        guard sale.registration.withdrawal == nil,
            let id = sale.registration.machine.remoteID.flatMap({ DocumentID($0) })
        else { return [] }
        return [DocumentView(ProvidedDocument(id: id, transactionID: sale.id.text, sequence: 1, isReady: true))]
    }

    func file(
        _ form: DocumentForm, _ choice: Choice, of sale: SaleRecord, from provider: any JobDocumentProvider
    ) async throws(OperationError) -> [UInt8] {
        guard form == .pdf else { throw .unsupported("\(provider.title) makes no \(form.rawValue.uppercased()) files") }
        let own = Self.own(of: sale).first?.document.id
        switch choice {
        case .document(let id) where id != own: throw .notFound("there is no document \(id) of the sale \(sale.id)")
        case .document, .latest: break
        }
        guard own != nil, let sent = try await registration(of: sale.id) else {
            guard sale.registration.state == .pending else {
                throw .notFound("there is no document of the sale \(sale.id)")
            }
            throw questions.notYet("a document of the sale \(sale.id), which is not registered yet,")
        }
        let job = OwedJob(
            key: sale.id.text, request: ServiceRequest(sent), remoteID: sale.registration.machine.remoteID)
        let file = try await questions.answer(of: provider) { () throws(DocumentFailure) in
            try await provider.pdf(of: job, atMost: Self.maximumFile)
        }
        guard let file else { throw .notFound("\(provider.title) has no document of the sale \(sale.id)") }
        return file
    }

    private func registration(of id: TransactionID) async throws(OperationError) -> NewJob? {
        do { return try await questions.outbox.sentRegistration(of: id) } catch { throw OperationError(error) }
    }
}
