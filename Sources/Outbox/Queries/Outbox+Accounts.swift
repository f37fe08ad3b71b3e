import Foundation
import GRDB
import Journey
public import Sales

extension Outbox {
    /// The known state of a service's account.
    public func account(of service: ServiceName) async throws(OutboxError) -> AccountState {
        if let known = accountMemory.state(of: service) { return known }
        return try await read { [accountMemory] db in
            let state = try AccountQueries.state(of: service, in: db)
            accountMemory.remember(state, of: service)
            return state
        }
    }

    /// The known states of all accounts; without those of which nothing was ever written.
    public func accounts() async throws(OutboxError) -> [ServiceName: AccountState] {
        try await read { db in try AccountQueries.all(in: db) }
    }

    /// Keeps the known state of an account for a restart and for every reader.
    public func setAccount(_ account: AccountState, of service: ServiceName) async throws(OutboxError) {
        try await write { db, log in
            log.add(.account(service, account))
            try AccountQueries.set(account, of: service, in: db)
        }
    }
}

enum AccountQueries {
    static let all = "SELECT * FROM service_account LIMIT ?"

    static func all(in db: Database) throws -> [ServiceName: AccountState] {
        var accounts: [ServiceName: AccountState] = [:]
        for row in try Row.fetchAll(db.cachedStatement(sql: all), arguments: [OutboxFigures.maximumCounted]) {
            accounts[try row.service()] = try state(of: row)
        }
        return accounts
    }

    static func state(of service: ServiceName, in db: Database) throws -> AccountState {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM service_account WHERE service = ?"), arguments: [service.rawValue]
        ).map(state) ?? .up
    }

    static func state(of row: Row) throws -> AccountState {
        let since = try row.time("since")
        let failure: Failure? = try (row.optional("code") as String?).map {
            Failure(code: $0, message: try row.optional("message") ?? "", at: since ?? .distantPast)
        }
        return AccountState(condition: try row.named("condition"), failure: failure, since: since)
    }

    static func set(_ account: AccountState, of service: ServiceName, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO service_account (service, condition, code, message, since) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (service) DO UPDATE SET
                    condition = excluded.condition, code = excluded.code, message = excluded.message,
                    since = excluded.since
                """
        ).execute(arguments: [
            service.rawValue, account.condition.rawValue, account.failure?.code, account.failure?.message,
            account.since?.milliseconds,
        ])
    }
}
