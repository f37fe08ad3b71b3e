public import Foundation
import GRDB

/// How much is owed to the provider.
public struct RegistrationBacklog: Sendable, Equatable {
    /// Counted up to ``limit``: beyond, the figure says no more than that it is very many.
    public static let limit = 100_000

    public let pending: Int
    /// When the sale arrived that has waited longest; nil where none waits.
    public let oldestReceivedAt: Date?
}

extension Outbox {
    /// What is owed to the provider, by indexes that hold nothing else.
    public func registrationBacklog() async throws(OutboxError) -> RegistrationBacklog {
        try await read { db in
            let pending = try Int.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT count(*) FROM (
                            SELECT 1 FROM sale INDEXED BY sale_owed
                            WHERE registration = 'pending' AND next_attempt_at > -1 LIMIT ?)
                        """), arguments: [RegistrationBacklog.limit])
            let oldest = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT received_at FROM sale INDEXED BY sale_by_registration
                        WHERE registration = 'pending' ORDER BY seq LIMIT 1
                        """))
            return RegistrationBacklog(pending: pending ?? 0, oldestReceivedAt: try oldest?.time("received_at"))
        }
    }
}
