import Foundation

/// What a document says, from a request that keeps every rule or from the document that it was made from.
struct DocumentContent: Sendable {
    var customer: Person
    /// The record to which it is bound.
    var customerID: String?
    var name: String?
    var issueDate: String
    var dueDate: String?
    var remark: String?
    var lines: [DocumentLine]
    var sums: DocumentSums
    var attachments: [String] = []
}
