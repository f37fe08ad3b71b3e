import Journey
import Outbox
import RemoteServices
import Sales

// The documents of a provider that makes one for each job, and tells of nothing else.
extension DocumentOperations {
    /// What was made for a sale.
    struct Made {
        let document: ProvidedDocument
        let job: OwedJob
    }

    /// That of the registration, then the tax invoice that was made later.
    func made(of sale: SaleRecord) async throws(OperationError) -> [Made] {
        let (id, registration) = (sale.id, sale.registration)
        do {
            var made: [Made] = []
            if registration.state == .ready, registration.withdrawal == nil,
                let sent = try await questions.outbox.sentRegistration(of: id)
            {
                made += [Made(sent, registration.machine, of: id, sequence: 1)].compactMap(\.self)
            }
            if let invoice = sale.invoice, invoice.state == .ready,
                let sent = try await questions.outbox.sentInvoice(of: id)
            {
                made += [Made(sent, invoice.machine, of: id, sequence: 2)].compactMap(\.self)
            }
            return made
        } catch {
            throw OperationError(error)
        }
    }

    func file(
        _ form: DocumentForm, _ choice: Choice, of sale: SaleRecord, from provider: any JobDocumentProvider
    ) async throws(OperationError) -> [UInt8] {
        guard form == .pdf else { throw .unsupported("\(provider.title) makes no \(form.rawValue.uppercased()) files") }
        let made = try await made(of: sale)
        let chosen: Made?
        switch choice {
        case .document(let id): chosen = made.first { $0.document.id == id }
        case .latest: chosen = made.last
        }
        guard let chosen else {
            if sale.registration.state == .pending, choice == .latest {
                throw questions.notYet("a document of the sale \(sale.id), which is not registered yet,")
            }
            throw .notFound("there is no such document of the sale \(sale.id)")
        }
        let file = try await questions.answer(of: provider) { () throws(DocumentFailure) in
            try await provider.pdf(of: chosen.job, atMost: Self.maximumFile)
        }
        guard let file else { throw .notFound("\(provider.title) has no document \(chosen.document.id)") }
        return file
    }
}

extension DocumentOperations.Made {
    /// Nil if the provider has given it no name.
    fileprivate init?(_ sent: NewJob, _ machine: JobMachine, of sale: TransactionID, sequence: Int) {
        guard let remoteID = machine.remoteID, let id = DocumentID(remoteID) else { return nil }
        document = ProvidedDocument(id: id, transactionID: sale.text, sequence: sequence, isReady: true)
        job = OwedJob(kind: sent.kind, key: sent.key, request: ServiceRequest(sent), remoteID: remoteID)
    }
}
