import GRDB
public import Sales

extension Outbox {
    /// The sale whose own document this is; nil if it is nobody's here, or was taken back.
    ///
    /// No index has the ids of documents. A document's number ends with the transaction id of its sale, whatever stands
    /// before that: each end of it is looked up.
    ///
    /// - Parameters:
    ///   - id: the provider's, in any letter case.
    ///   - number: what the provider shows as the document's number.
    public func sale(
        ofDocument id: String, numbered number: String, at service: ServiceName
    ) async throws(OutboxError) -> TransactionID? {
        let end = number.suffix(TransactionID.maximumLength)
        let candidates = end.indices.compactMap { TransactionID(String(end[$0...])) }
        return try await read { db in
            for sale in candidates {
                let isOwner = try Bool.fetchOne(
                    db.cachedStatement(sql: DocumentOwnerQueries.isOwner),
                    arguments: [sale.text, service.rawValue, id])
                if isOwner == true { return sale }
            }
            return nil
        }
    }
}

enum DocumentOwnerQueries {
    static let isOwner = """
        SELECT EXISTS (
            SELECT 1 FROM \(SaleQueries.registered)
            WHERE sale.transaction_id = ? AND job.service = ? AND lower(job.remote_id) = lower(?)
                AND job.withdrawn_at IS NULL)
        """
}
