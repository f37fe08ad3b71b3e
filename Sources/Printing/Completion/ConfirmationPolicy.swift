/// Which proof of a printed paper a printer is asked for.
public enum ConfirmationPolicy: String, Sendable, Hashable, CaseIterable {
    /// The best that the printer answers: process ID, else queued status, else real-time status, else none.
    case auto
    /// The process ID and nothing less.
    case processID = "process-id"
    /// The status, without asking for the process ID.
    case status
    /// Nothing is asked for.
    case none
}
