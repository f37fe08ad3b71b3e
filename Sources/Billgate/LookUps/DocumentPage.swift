import JSON
import Sales

/// A document as a list shows it, as far as we use it.
struct ListedDocument: Sendable, Equatable {
    let id: String?
    let number: String?
    let name: String?
    let issueDay: BangkokDay?
    let customer: JSONObject?

    init(_ entry: JSONObject) {
        id = entry.text("id")
        number = entry.text("number")
        name = entry.text("name")
        issueDay = entry.text("issue_date").flatMap { BangkokDay(String($0.prefix(10))) }
        customer = entry.object("customer")
    }
}

/// One page of a list of documents.
struct DocumentPage: Sendable, Equatable {
    /// The most that the page's `limit` may be.
    static let size = 100

    let documents: [ListedDocument]
    /// Of the whole list; nil if the answer does not say.
    let total: Int?
    /// What to add to the offset for the next page; nil on the last.
    let next: Int?

    init(documents: [ListedDocument], total: Int?, next: Int?) {
        self.documents = documents
        self.total = total
        self.next = next
    }

    /// nil if the answer is no list.
    init?(_ answer: JSONObject) {
        guard case .array(let entries)? = answer["data"] else { return nil }
        documents = entries.compactMap { if case .object(let entry) = $0 { ListedDocument(entry) } else { nil } }
        guard documents.count == entries.count else { return nil }
        total = answer.count("total")
        // The page's own example has 0 on a last page.
        next = answer.count("next").flatMap { $0 > 0 && !entries.isEmpty ? $0 : nil }
    }
}
