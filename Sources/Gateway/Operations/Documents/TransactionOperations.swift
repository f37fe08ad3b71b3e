import Outbox
public import RemoteServices
public import Sales

/// What staff ask the provider about transactions, whoever registered them, and the tags of a sale.
public struct TransactionOperations: Sendable {
    private let questions: ProviderQuestions

    init(asking questions: ProviderQuestions) {
        self.questions = questions
    }

    /// What the provider has under a sale's id, beside what the sale comes to. It need not be this sale.
    public func transaction(of id: TransactionID) async throws(OperationError) -> SaleTransaction {
        let sale = try await questions.sale(id)
        let directory = try directory(of: sale)
        let found = try await questions.answer(of: directory) { () throws(DocumentFailure) in
            try await directory.transaction(id, including: .all)
        }
        guard let found else { throw directory.lacks(id) }
        return SaleTransaction(found, sale: sale)
    }

    /// The transactions that carry a tag.
    public func transactions(
        tagged tag: String, including documents: IncludedDocuments?
    ) async throws(OperationError) -> [ProvidedTransaction] {
        let directories = questions.providers.all.compactMap { $0 as? any TransactionDirectory }
        guard let directory = directories.first else {
            throw .unsupported("\(questions.providers.current.title) keeps no tags, and has no transactions to ask for")
        }
        return try await questions.answer(of: directory) { () throws(DocumentFailure) in
            try await directory.transactions(tagged: tag, including: documents)
        } ?? []
    }

    /// Replaces the tags of a registered sale at its provider.
    public func setTags(_ tags: [String], of id: TransactionID) async throws(OperationError) {
        let sale = try await questions.sale(id)
        guard sale.registration.state == .ready else {
            throw .wrongState("the sale's registration is \(sale.registration.state); it takes tags once it is ready")
        }
        let directory = try directory(of: sale)
        let isSet: Void? = try await questions.answer(of: directory) { () throws(DocumentFailure) in
            try await directory.setTags(tags, of: id)
        }
        guard isSet != nil else { throw directory.lacks(id) }
    }

    private func directory(of sale: SaleRecord) throws(OperationError) -> any TransactionDirectory {
        let provider = try questions.provider(of: sale)
        guard let directory = provider as? any TransactionDirectory else {
            throw .unsupported("\(provider.title) cannot be asked about transactions, and keeps no tags")
        }
        return directory
    }
}

extension TransactionDirectory {
    fileprivate func lacks(_ id: TransactionID) -> OperationError { .notFound("\(title) has no transaction \(id)") }
}
