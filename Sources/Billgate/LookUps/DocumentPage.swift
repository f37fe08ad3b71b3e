import JSON

/// One page of a list of documents.
struct DocumentPage: Sendable, Equatable {
    /// The most that the page's `limit` may be.
    static let size = 100

    let documents: [ListedDocument]
    /// How many were asked for.
    let asked: Int
    /// Of the whole list; nil if the answer does not say, or has 0 beside documents, as the page's own examples have.
    let total: Int?
    /// Whether it says that there is more. What exactly `next` counts, readers of the page may understand differently.
    let hasNext: Bool

    init(documents: [ListedDocument], asked: Int = size, total: Int?, hasNext: Bool) {
        self.documents = documents
        self.asked = asked
        self.total = total
        self.hasNext = hasNext
    }

    /// nil if the answer is no list.
    init?(_ answer: JSONObject, asked: Int = size) {
        guard case .array(let entries)? = answer["data"] else { return nil }
        documents = entries.compactMap { if case .object(let entry) = $0 { ListedDocument(entry) } else { nil } }
        guard documents.count == entries.count else { return nil }
        self.asked = asked
        total = answer.listLength("total").flatMap { $0 > 0 || entries.isEmpty ? $0 : nil }
        hasNext = answer.count("next").map { $0 > 0 } ?? false
    }

    var isShort: Bool { documents.count < asked }
}
