/// What a service owes. The name stands in the database.
public enum JobKind: String, Sendable, CaseIterable {
    /// A sale's transaction with its provider; its result is the link that the customer scans.
    case registration
    /// What the provider tells of all the documents that it makes: one job for each service, and it never ends. It belongs
    /// to no sale.
    case documentStream = "document_stream"
    /// One file of one document, for the archive.
    case documentFile = "document_file"

    /// Whether it is about documents: nobody waits for it, and it goes after everything that somebody may wait for.
    public var isAboutDocuments: Bool { self == .documentStream || self == .documentFile }
}
