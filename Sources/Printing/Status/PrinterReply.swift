/// One thing a printer said.
public enum PrinterReply: Sendable, Hashable {
    /// The answer to a `DLE EOT n`; it does not say to which.
    case realTime(UInt8)
    /// An automatic status (ASB): four bytes, sent unasked.
    case automatic([UInt8])
    /// The answer to `GS r 1`.
    case queued(UInt8)
    /// The echo of a process ID.
    case processID(ProcessID)
}
