import GRDB

/// SQLite's result codes as people and the gateway need them. No error holds SQL arguments: they are sales.
package enum DatabaseFault {
    static func message(of error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(type(of: error))" }
        return "\(error.message ?? "no message") (SQLite \(error.extendedResultCode.rawValue))"
    }

    /// Whether the file itself is at fault: its bytes are not those of a database.
    static func isDamage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
    }

    /// Whether the disk, not the statement, is at fault.
    package static func isStorage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_READONLY, .SQLITE_CANTOPEN,
            .SQLITE_NOMEM, .SQLITE_PROTOCOL:
            return true
        default: return false
        }
    }

    package static func outboxError(_ error: any Error) -> OutboxError {
        if let error = error as? OutboxError { return error }
        let message = "the database reports: \(Self.message(of: error))"
        if (error as? DatabaseError)?.resultCode == .SQLITE_FULL { return OutboxError(.full, message) }
        if isDamage(error) { return OutboxError(.damaged, message) }
        return OutboxError(isStorage(error) ? .storage : .query, message)
    }
}
