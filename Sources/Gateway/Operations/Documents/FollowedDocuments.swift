import Jobs
import Outbox
import RemoteServices
import Sales

/// The documents that the stream told of, and the files in the archive.
struct FollowedDocuments: KeptDocuments {
    let outbox: Outbox
    let tasks: DocumentTasks?

    func documents(of id: TransactionID) async throws(OutboxError) -> [DocumentView] {
        try await outbox.sale(id).documents.map {
            DocumentView(SaleDocument(sale: id, record: $0).provided, isArchived: $0.isArchived)
        }
    }

    func file(_ form: DocumentForm, of id: DocumentID) async -> [UInt8]? {
        guard let archive = tasks?.archive, let document = try? await outbox.document(id),
            document.record.archived.contains(form)
        else { return nil }
        let place = ArchivedFile(DocumentFile(id, form), readiedAt: document.record.readiedAt)
        guard let file = try? await archive.read(place), DocumentCheck.fault(of: file, as: form) == nil else {
            return nil
        }
        return file
    }
}
