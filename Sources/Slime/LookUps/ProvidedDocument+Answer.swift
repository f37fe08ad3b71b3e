import JSON
import Sales

extension ProvidedDocument {
    /// - Parameter transactionID: whose documents they are, where the answer leaves that out; otherwise each says so itself.
    init(_ reader: AnswerReader, of transactionID: String? = nil) throws(SlimeError) {
        let named = reader.object["transaction_id"]?.isNull == false
        self.init(
            id: try reader.id("id"),
            transactionID: named || transactionID == nil
                ? try reader.id("transaction_id").text : transactionID ?? "",
            sequence: try reader.count("sequence"), isReady: try reader.flag("ready"),
            readiedAt: try reader.optionalTime("readied_at"),
            sizes: DocumentSizes(pdf: try reader.optionalCount("pdf_size"), xml: try reader.optionalCount("xml_size")))
        if let transactionID, self.transactionID != transactionID { throw reader.fault("transaction_id") }
    }

    /// The documents of one transaction.
    static func list(_ reader: AnswerReader, of transactionID: String) throws(SlimeError) -> [ProvidedDocument] {
        var documents: [ProvidedDocument] = []
        for entry in try reader.readers("documents") {
            documents.append(try ProvidedDocument(entry, of: transactionID))
        }
        return documents.sorted { $0.sequence < $1.sequence }
    }
}
