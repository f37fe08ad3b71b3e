import Journey
import Outbox
import RemoteServices
import Sales

// The documents of a provider that makes one for each job, and tells of nothing else.
extension DocumentOperations {
    /// What was made for a sale.
    struct Made {
        let id: DocumentID
        let sequence: Int
        let job: OwedJob
    }

    /// The list of what was made. Whether a file can be had is known to the provider alone: it is asked about each, one or two
    /// of a sale. While it does not answer, none can.
    func listed(
        of sale: SaleRecord, by provider: any JobDocumentProvider
    ) async throws(OperationError) -> [DocumentView] {
        var answers = try await questions.isProviderUp(of: sale)
        var listed: [DocumentView] = []
        for made in try await made(of: sale) {
            var isReady = false
            if answers {
                do {
                    isReady =
                        try await questions.answer(of: provider) { () throws(DocumentFailure) in
                            try await provider.hasPDF(of: made.job)
                        } ?? false
                } catch { answers = false }
            }
            listed.append(
                DocumentView(
                    ProvidedDocument(
                        id: made.id, transactionID: sale.id.text, sequence: made.sequence, isReady: isReady)))
        }
        return listed
    }

    /// That of the registration, then the tax invoice that was made later.
    func made(of sale: SaleRecord) async throws(OperationError) -> [Made] {
        let (id, registration) = (sale.id, sale.registration)
        do {
            var made: [Made] = []
            if registration.state == .ready, registration.withdrawal == nil,
                let sent = try await questions.outbox.sentRegistration(of: id)
            {
                made += [Made(sent, registration.machine, sequence: 1)].compactMap(\.self)
            }
            if let invoice = sale.invoice, invoice.state == .ready,
                let sent = try await questions.outbox.sentInvoice(of: id)
            {
                made += [Made(sent, invoice.machine, sequence: 2)].compactMap(\.self)
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
        case .document(let id): chosen = made.first { $0.id == id }
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
        guard let file else { throw .notFound("\(provider.title) has no document \(chosen.id)") }
        return file
    }
}

extension DocumentOperations.Made {
    /// Nil if the provider has given it no name.
    fileprivate init?(_ sent: NewJob, _ machine: JobMachine, sequence: Int) {
        guard let remoteID = machine.remoteID, let id = DocumentID(remoteID) else { return nil }
        self.id = id
        self.sequence = sequence
        job = OwedJob(kind: sent.kind, key: sent.key, request: ServiceRequest(sent), remoteID: remoteID)
    }
}
