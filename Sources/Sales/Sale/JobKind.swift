/// What a service owes. The name stands in the database.
public enum JobKind: String, Sendable, CaseIterable {
    /// A sale's transaction with its provider; its result is the link that the customer scans.
    case registration
}
