/// Why the outbox refused.
public struct OutboxError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// The file cannot be opened now, or is another program's.
        case cannotOpen
        /// The file's bytes are not those of a database: `kamkap recover` brings back what can be read.
        case damaged
        /// Written by a newer Kamkap.
        case newerSchema
        /// Written by Kamkap 0.1, whose tables are others.
        case olderSchema
        /// Too many writes are waiting.
        case busy
        /// The disk is full: nothing of the batch was kept.
        case full
        /// The disk failed: nothing of the batch was kept, and the gateway has to start again.
        case storage
        /// The database's file was removed or replaced while it was open: nobody finds what is written there.
        case fileLost
        /// The log was removed or replaced. The database gets what it holds when it is closed.
        case logLost
        /// No such sale or print.
        case notFound
        /// The present state does not allow it.
        case conflict
        /// A query failed: a fault of the program.
        case query
    }

    public let code: Code
    /// What happened and what to do.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
