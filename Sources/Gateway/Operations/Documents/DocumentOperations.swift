import Outbox
import RemoteServices
import Runtime
public import Sales

/// What tills and staff ask of the documents that the provider has made of a sale.
public struct DocumentOperations: Sendable {
    /// Bytes of a file that is fetched for one request. A tax invoice has some hundred thousand.
    static let maximumFile = 16 << 20

    let questions: ProviderQuestions
    private let kept: any KeptDocuments
    let clock: GatewayClock
    /// The printer for documents; nil if there is none.
    let printer: String?
    /// Room for what is to be printed.
    var diskSpace = DiskSpace(minimum: 0)

    /// - Parameters:
    ///   - kept: what the store has itself. It is looked at first.
    ///   - printer: puts documents on paper.
    init(asking questions: ProviderQuestions, kept: any KeptDocuments, printer: String?, clock: GatewayClock) {
        self.questions = questions
        self.kept = kept
        self.printer = printer
        self.clock = clock
    }

    /// Which file of a sale.
    public enum Choice: Sendable, Equatable {
        case document(DocumentID)
        /// The newest one that is made.
        case latest
    }

    /// The documents of a sale, in their sequence. A sale that is not registered has none. While the provider does not
    /// answer, those that are known here.
    public func documents(of id: TransactionID) async throws(OperationError) -> [DocumentView] {
        let sale = try await questions.sale(id)
        let known = try await known(of: id)
        if let provider = questions.providers[sale.registration.provider] as? any JobDocumentProvider {
            return try await listed(of: sale, by: provider)
        }
        guard sale.registration.state == .ready else { return known }
        return try await merged(known, of: sale)
    }

    /// The provider knows of the newest documents first, and the store of what it has itself.
    private func merged(_ known: [DocumentView], of sale: SaleRecord) async throws(OperationError) -> [DocumentView] {
        if !known.isEmpty, try await !questions.isProviderUp(of: sale) { return known }
        let provided: [ProvidedDocument]
        do { provided = try await self.provided(of: sale) } catch {
            guard !known.isEmpty else { throw error }
            return known
        }
        let told = Dictionary(provided.map { ($0.id, $0) }) { first, _ in first }
        let archived = Set(known.filter(\.isArchived).map(\.document.id))
        let missing = known.filter { told[$0.document.id] == nil }
        return (missing + provided.map { DocumentView($0, isArchived: archived.contains($0.id)) })
            .sorted { $0.document.sequence < $1.document.sequence }
    }

    /// A document's file, from the archive if it is there.
    public func file(
        _ form: DocumentForm, _ choice: Choice, of id: TransactionID
    ) async throws(OperationError) -> [UInt8] {
        let sale = try await questions.sale(id)
        if let provider = try questions.provider(of: sale) as? any JobDocumentProvider {
            return try await file(form, choice, of: sale, from: provider)
        }
        let known = try await known(of: id)
        switch choice {
        case .document(let document):
            // What was not made yet when we heard of it may be by now.
            if let found = known.first(where: { $0.document.id == document && $0.document.isReady })?.document {
                return try await file(form, of: found, sale)
            }
            return try await file(form, of: try await shown(document, of: sale), sale)
        case .latest:
            // The customer may have had another one made a moment ago.
            let documents = known.isEmpty ? [] : try await merged(known, of: sale)
            guard let latest = documents.last(where: \.document.isReady)?.document else {
                return try await self.latest(form, of: sale)
            }
            return try await file(form, of: latest, sale)
        }
    }

    private func file(
        _ form: DocumentForm, of document: ProvidedDocument, _ sale: SaleRecord
    ) async throws(OperationError) -> [UInt8] {
        if let file = await kept.file(form, of: document.id) { return file }
        guard document.isReady else { throw questions.notYet("the document \(document.id)") }
        let provider = try documentProvider(of: sale)
        let file = try await questions.answer(of: provider) { () throws(DocumentFailure) in
            try await provider.file(form, of: document, atMost: Self.maximumFile)
        }
        guard let file else { throw .notFound("\(provider.title) has no document \(document.id)") }
        return file
    }

    /// What the provider says of a document, if it is one of this sale.
    private func shown(_ id: DocumentID, of sale: SaleRecord) async throws(OperationError) -> ProvidedDocument {
        let none = OperationError.notFound("there is no document \(id) of the sale \(sale.id)")
        guard sale.registration.state == .ready else { throw none }
        let provider = try documentProvider(of: sale)
        let document = try await questions.answer(of: provider) { () throws(DocumentFailure) in
            try await provider.document(id)
        }
        guard let document, document.transactionID == sale.id.text else { throw none }
        return document
    }

    /// The newest file of a sale whose documents nobody has told us of.
    private func latest(_ form: DocumentForm, of sale: SaleRecord) async throws(OperationError) -> [UInt8] {
        let none = "there is no document of the sale \(sale.id)"
        switch sale.registration.state {
        case .ready: break
        case .pending: throw questions.notYet("a document of the sale \(sale.id), which is not registered yet,")
        case .rejected: throw .notFound(none + ": its registration was rejected")
        }
        switch form {
        case .pdf:
            let provider = try documentProvider(of: sale)
            let file = try await questions.answer(of: provider) { () throws(DocumentFailure) in
                try await provider.latestPDF(of: sale.id, atMost: Self.maximumFile)
            }
            guard let file else { throw .notFound(none) }
            return file
        case .xml:
            guard let newest = try await provided(of: sale).last else { throw .notFound(none) }
            return try await file(.xml, of: newest, sale)
        }
    }

    private func provided(of sale: SaleRecord) async throws(OperationError) -> [ProvidedDocument] {
        let provider = try documentProvider(of: sale)
        // If it has nothing under the sale's id, it has no documents of it either.
        return try await questions.answer(of: provider) { () throws(DocumentFailure) in
            try await provider.documents(of: sale.id)
        }
            ?? []
    }

    private func known(of id: TransactionID) async throws(OperationError) -> [DocumentView] {
        do { return try await kept.documents(of: id) } catch { throw OperationError(error) }
    }

    private func documentProvider(of sale: SaleRecord) throws(OperationError) -> any DocumentProvider {
        let provider = try questions.provider(of: sale)
        guard let documents = provider as? any DocumentProvider else {
            throw .unsupported("\(provider.title) makes no documents that can be asked for")
        }
        return documents
    }
}
