/// How it is known that a paper came out.
public enum Confirmation: String, Sendable, Hashable, CaseIterable {
    /// The printer gave back the process ID that was queued behind the paper.
    case processID = "process-id"
    /// The printer's status, asked for behind the paper, was good.
    case status
    /// The print server said so.
    case cups
    /// A printer that never answers took every byte.
    case written
}
