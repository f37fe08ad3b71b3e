public import Foundation
import GRDB
import Journey
import Sales

extension Outbox {
    /// How much is owed. Costs what is owed, not what was ever sold: every query stays within its part of an index.
    ///
    /// - Parameter rejectedAfter: from when on ``OutboxFigures/rejectedLately`` counts.
    public func figures(rejectedAfter: Date) async throws(OutboxError) -> OutboxFigures {
        let account = try await account()
        return try await read { db in
            let oldest = try Row.fetchOne(db.cachedStatement(sql: FigureQueries.oldestPending))
            return OutboxFigures(
                pending: try FigureQueries.count(RegistrationMachine.State.pending, in: db),
                rejected: try FigureQueries.count(RegistrationMachine.State.rejected, in: db),
                rejectedLately: try Int.fetchOne(
                    db.cachedStatement(sql: FigureQueries.rejectedLately),
                    arguments: [OutboxFigures.maximumCounted, rejectedAfter.milliseconds]) ?? 0,
                oldestPending: try oldest.map {
                    .init(
                        id: try $0.transactionID(), receivedAt: try $0.requiredTime("received_at"),
                        errorCode: $0["error_code"])
                },
                prints: try FigureQueries.printQueues(in: db),
                account: account)
        }
    }
}

/// The SQL of the figures; a test holds each against its query plan.
enum FigureQueries {
    static let count = "SELECT count(*) FROM sale INDEXED BY sale_by_registration WHERE registration = ?"

    /// Sales are numbered as they arrive.
    static let oldestPending = """
        SELECT transaction_id, received_at, error_code FROM sale INDEXED BY sale_by_registration
        WHERE registration = 'pending' ORDER BY seq LIMIT 1
        """

    static let rejectedLately = """
        SELECT count(*) FROM (
            SELECT error_at FROM sale INDEXED BY sale_by_registration
            WHERE registration = 'rejected' ORDER BY seq DESC LIMIT ?)
        WHERE error_at > ?
        """

    static let queued = """
        SELECT printer, count(*) AS queued, min(seq) AS first FROM print INDEXED BY print_queued
        WHERE state = 'queued' GROUP BY printer
        """

    static let begun = "SELECT printer, requested_at FROM print INDEXED BY print_begun WHERE state = 'printing'"

    static let requestedAt = "SELECT requested_at FROM print WHERE seq = ?"

    static func count(_ state: RegistrationMachine.State, in db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: count), arguments: [state.rawValue]) ?? 0
    }

    static func printQueues(in db: Database) throws -> [OutboxFigures.PrintQueue] {
        var queues: [String: (queued: Int, oldest: Date)] = [:]
        for row in try Row.fetchAll(db.cachedStatement(sql: queued)) {
            let first: Int64 = try row.required("first")
            let oldest = try Row.fetchOne(db.cachedStatement(sql: requestedAt), arguments: [first])
            guard let oldest = try oldest?.requiredTime("requested_at") else { continue }
            queues[try row.required("printer")] = (try row.required("queued"), oldest)
        }
        for row in try Row.fetchAll(db.cachedStatement(sql: begun)) {
            let printer: String = try row.required("printer")
            let begun = try row.requiredTime("requested_at")
            let known = queues[printer]
            queues[printer] = (known?.queued ?? 0, min(known?.oldest ?? begun, begun))
        }
        return queues.map { .init(printer: $0.key, queued: $0.value.queued, oldestRequestedAt: $0.value.oldest) }
            .sorted { $0.printer < $1.printer }
    }
}
