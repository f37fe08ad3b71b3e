import Foundation
import JSON
import RemoteServices
import Sales

// Questions about what is there already. No sale waits for them.
extension SlimeClient {
    /// `trading-transaction/show`
    func transaction(
        _ id: TransactionID, including documents: IncludedDocuments?, issuedAt: Date
    ) async throws(SlimeError) -> ProvidedTransaction {
        var data: JSONObject = ["transaction_id": .string(id.text)]
        if let documents { data["include_documents"] = .string(documents.rawValue) }
        let reader = try await ask(.show, data, issuedAt)
        let shown = try ProvidedTransaction(reader, hasDocuments: documents != nil)
        guard shown.id == id.text else { throw reader.fault("id") }
        return shown
    }

    /// `trading-transaction/list-by-tag`
    func transactions(
        tagged tag: String, including documents: IncludedDocuments?, issuedAt: Date
    ) async throws(SlimeError) -> [ProvidedTransaction] {
        var data: JSONObject = ["tag": .string(tag)]
        if let documents { data["include_documents"] = .string(documents.rawValue) }
        let reader = try await ask(.listByTag, data, issuedAt)
        var transactions: [ProvidedTransaction] = []
        for entry in try reader.readers("transactions") {
            transactions.append(try ProvidedTransaction(entry, hasDocuments: documents != nil))
        }
        return transactions
    }

    /// `trading-transaction/set-tags`
    func setTags(_ tags: [String], of id: TransactionID, issuedAt: Date) async throws(SlimeError) {
        let reader = try await ask(
            .setTags, ["transaction_id": .string(id.text), "tags": .array(tags.map { .string($0) })], issuedAt)
        guard try reader.flag("success") else { throw reader.fault("success") }
    }

    /// `trading-document/show`
    func document(_ id: DocumentID, issuedAt: Date) async throws(SlimeError) -> ProvidedDocument {
        let reader = try await ask(.showDocument, ["document_id": .string(id.text)], issuedAt)
        let document = try ProvidedDocument(reader)
        guard document.id == id else { throw reader.fault("id") }
        return document
    }

    /// `trading-document/list-by-transaction`
    func documents(of id: TransactionID, issuedAt: Date) async throws(SlimeError) -> [ProvidedDocument] {
        let reader = try await ask(.listDocuments, ["transaction_id": .string(id.text)], issuedAt)
        return try ProvidedDocument.list(reader, of: id.text)
    }

    /// `trading-document/stream-generated`
    func documents(_ request: ServiceRequest, issuedAt: Date) async throws(SlimeError) -> DocumentPage {
        let answer = try await call(.streamDocuments, data: request.bytes, issuedAt: issuedAt, isLookUp: true)
        return try DocumentStream.page(
            AnswerReader(object: answer, subject: .streamDocuments), answering: request, at: issuedAt)
    }

    /// `trading-document/download-pdf` and `…-xml`: where the file is, for a minute.
    func location(of form: DocumentForm, of id: DocumentID, issuedAt: Date) async throws(SlimeError) -> String {
        let subject: SlimeSubject = form == .pdf ? .downloadPDF : .downloadXML
        return try await location(subject, ["document_id": .string(id.text), "redirect": .bool(false)], issuedAt)
    }

    /// `trading-transaction/latest-pdf`: where the file is, for a minute.
    func locationOfLatestPDF(of id: TransactionID, issuedAt: Date) async throws(SlimeError) -> String {
        // Deferrable, Slime would give the address of a page that waits (API page, "What if?").
        try await location(.latestPDF, ["transaction_id": .string(id.text), "deferrable": .bool(false)], issuedAt)
    }

    private func location(
        _ subject: SlimeSubject, _ data: JSONObject, _ issuedAt: Date
    ) async throws(SlimeError) -> String {
        try await ask(subject, data, issuedAt).text("location", atMost: SlimeResponse.maximumBytes)
    }

    private func ask(
        _ subject: SlimeSubject, _ data: JSONObject, _ issuedAt: Date
    ) async throws(SlimeError) -> AnswerReader {
        let answer = try await call(subject, data: JSONValue.object(data).bytes, issuedAt: issuedAt, isLookUp: true)
        return AnswerReader(object: answer, subject: subject)
    }
}
