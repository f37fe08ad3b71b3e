import Foundation
public import RemoteServices
public import Sales

extension SlimeService: TransactionDirectory {
    public func transaction(
        _ id: TransactionID, including documents: IncludedDocuments?
    ) async throws(DocumentFailure) -> ProvidedTransaction {
        try await ask(.show) { now throws(SlimeError) in
            try await client.transaction(id, including: documents, issuedAt: now)
        }
    }

    public func transactions(
        tagged tag: String, including documents: IncludedDocuments?
    ) async throws(DocumentFailure) -> [ProvidedTransaction] {
        try await ask(.listByTag) { now throws(SlimeError) in
            try await client.transactions(tagged: tag, including: documents, issuedAt: now)
        }
    }

    public func setTags(_ tags: [String], of transaction: TransactionID) async throws(DocumentFailure) {
        try await ask(.setTags) { now throws(SlimeError) in
            try await client.setTags(tags, of: transaction, issuedAt: now)
        }
    }

    /// One call, counted, and with the clock corrected like every other.
    func ask<Value: Sendable>(
        _ subject: SlimeSubject, _ send: (Date) async throws(SlimeError) -> Value
    ) async throws(DocumentFailure) -> Value {
        do { return try await call(subject, send) } catch { throw DocumentFailure(error) }
    }
}

extension DocumentFailure {
    init(_ error: SlimeError) {
        let kind: Kind
        if case .exception(let exception) = error.kind {
            switch exception.code {
            case .notFound: kind = .absent
            case .documentPending, .notReady: kind = .notYet
            case .invalidContinuationToken: kind = .tokenRefused
            default: kind = .failed
            }
        } else {
            kind = .failed
        }
        self.init(kind, error.failure(at: .lookUp))
    }
}
