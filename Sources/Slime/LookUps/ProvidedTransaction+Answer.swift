import JSON
import RemoteServices
import Sales

extension ProvidedTransaction {
    /// - Parameter hasDocuments: whether they were asked for.
    init(_ reader: AnswerReader, hasDocuments: Bool) throws(SlimeError) {
        let id = try reader.id("id").text
        self.init(
            id: id, initiatedAt: try reader.optionalTime("initiated_at"),
            tradeValue: ProviderTotal(tradeValue: reader.object["trade_value"]),
            tags: try reader.optionalTexts("tags"),
            documents: hasDocuments ? try ProvidedDocument.list(reader, of: id) : nil)
    }
}
