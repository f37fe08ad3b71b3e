public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// Staff want the document of a sale's registration taken back. That is owed to the provider from now on, and done by its
    /// worker. Nothing is owed for a document that is taken back already, or is to be.
    public func withdrawDocument(of id: TransactionID, at now: Date) async throws(OutboxError) -> SaleRecord {
        try await write { [shownAhead] db, log in
            let record = try SaleQueries.record(of: id, in: db)
            let registration = record.registration
            if registration.withdrawal != nil { return record }
            guard registration.state != .pending else {
                throw OutboxError(
                    .conflict,
                    "the sale \(id.text) is on its way to \(registration.provider); its document is withdrawn once it is ready or rejected"
                )
            }
            if registration.lastError?.isOfNoDocument == true {
                throw OutboxError(
                    .conflict,
                    "\(registration.provider) has no document of the name that was given for that of the sale \(id.text): there is nothing to withdraw"
                )
            }
            // Somebody else's customer has its link.
            if registration.lastError?.isOfAnotherDocument == true {
                throw OutboxError(
                    .conflict,
                    "the document that was taken for that of the sale \(id.text) says something else, and is not withdrawn from here: if it is this sale's all the same, delete it at \(registration.provider)"
                )
            }
            guard let document = registration.machine.remoteID else {
                throw OutboxError(
                    .conflict,
                    "it is not known which document at \(registration.provider) is that of the sale \(id.text)")
            }
            try WithdrawalQueries.ask(for: document, of: record, at: now, shownAhead: shownAhead(), in: db)
            let asked = try SaleQueries.record(of: id, in: db)
            log.wake(.jobs(of: registration.provider))
            log.add(.registration(id, asked.registration, receivedAt: record.agedFrom))
            return asked
        }
    }

    /// The job that takes a sale's document back; nil if staff have not wanted that.
    public func withdrawal(of id: TransactionID) async throws(OutboxError) -> JobMachine? {
        try await read { db in
            let seq = try SaleQueries.record(of: id, in: db).seq
            return try Row.fetchOne(db.cachedStatement(sql: WithdrawalQueries.job), arguments: [seq])?.job()
        }
    }
}

enum WithdrawalQueries {
    /// Staff wait for it.
    private static let patience: TimeInterval = 60

    static let job = """
        SELECT \(JobQueries.columns) FROM job INDEXED BY job_of_sale WHERE sale_seq = ? AND kind = 'withdrawal'
        """
    static let context = "SELECT context FROM job WHERE seq = ?"

    static func underWay(_ id: TransactionID, at service: ServiceName) -> String {
        "the document of the sale \(id.text) is being withdrawn at \(service); try again once that is done"
    }

    static func ask(
        for document: String, of record: SaleRecord, at now: Date, shownAhead: TimeInterval, in db: Database
    ) throws {
        let registration = record.registration
        // That of an earlier document, or one that was refused.
        try db.cachedStatement(sql: "DELETE FROM job WHERE sale_seq = ? AND kind = 'withdrawal'")
            .execute(arguments: [record.seq])
        let context = try String.fetchOne(db.cachedStatement(sql: context), arguments: [registration.job])
        let seq = try JobQueries.insert(
            NewJob(
                kind: .withdrawal, service: registration.provider, key: record.id.text, request: [], context: context),
            of: (record.seq, record.id),
            arrival: NewSale.Arrival(from: "", at: now, liveUntil: now + patience), into: db)
        try db.cachedStatement(sql: "UPDATE job SET remote_id = ? WHERE seq = ?").execute(arguments: [document, seq])
        try db.cachedStatement(sql: "UPDATE job SET withdrawal_asked_at = ? WHERE seq = ?")
            .execute(arguments: [(now + shownAhead).milliseconds, registration.job])
    }

    /// The document is taken back, or the provider refuses that: then everything is as it was.
    static func end(
        _ job: JobMachine, ofSale seq: Int64, at now: Date, shownAhead: TimeInterval, in db: Database,
        log: ChangeLog
    ) throws {
        let record = try SaleQueries.record(seq, in: db)
        let registration = record.registration
        // One that a recovery brought back may be that of an earlier document.
        guard case .asked = registration.withdrawal, registration.machine.remoteID == job.remoteID else { return }
        guard job.state == .done else {
            try forget(of: registration.job, in: db)
            return try report(record, in: db, log: log)
        }
        // What it says of its end stays: a ready sale is ready, a rejected one may be sent again.
        if registration.state == .rejected {
            var machine = registration.machine
            try machine.applyOrConflict(.documentWithdrawn)
            try JobQueries.update(registration.job, to: machine, at: registration.endedAt ?? now, in: db)
        }
        try db.cachedStatement(sql: "UPDATE job SET withdrawn_at = ? WHERE seq = ?")
            .execute(arguments: [(now + shownAhead).milliseconds, registration.job])
        try report(record, in: db, log: log)
    }

    private static func report(_ record: SaleRecord, in db: Database, log: ChangeLog) throws {
        let registration = try SaleQueries.registration(of: record.seq, in: db)
        log.add(.registration(record.id, registration, receivedAt: record.agedFrom))
    }

    static func forget(of job: Int64, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE job SET withdrawal_asked_at = NULL, withdrawn_at = NULL WHERE seq = ?"
        ).execute(arguments: [job])
    }
}
