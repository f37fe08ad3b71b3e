public import Foundation
import GRDB
public import Journey
public import Sales

extension Outbox {
    /// So many slips may be handed in for one sale.
    public static let maximumSlipsOfSale = 20

    /// Keeps a slip, once for each sale and image, or for each image, amount, terminal and day where nobody names a sale. One that
    /// was handed in for no sale before becomes the named sale's. Returns after it is safely on disk.
    ///
    /// - Parameter waiting: so many may be owed at a time.
    public func take(_ new: NewSlip, atMost waiting: Int) async throws(OutboxError) -> SlipAcceptance {
        while true {
            // Reads and writes take turns: what was paid is read from a sale, which may be large, where none of them waits.
            let sale = try await read { db in try SlipQueries.saleToCompare(with: new, in: db) }
            let payment = sale?.payment(under: slipTerms) ?? new.statedPayment
            let acceptance = try await write { [slipTerms] db, log -> SlipAcceptance? in
                if let known = try SlipQueries.same(as: new, in: db) { return .same(known) }
                if let name = new.sale {
                    try Self.checkRoom(for: name, in: db)
                    // Otherwise it has come since, or has gone.
                    guard try SlipQueries.saleSeq(name, in: db) == sale?.seq else { return nil }
                    if payment == nil { throw SaleQueries.unknown(name) }
                }
                guard let payment else {
                    throw OutboxError(.conflict, "a slip is for a sale or for an amount, and this one is for none")
                }
                if let unnamed = try SlipQueries.unnamed(new, in: db) {
                    try SlipQueries.name(unnamed, as: new, for: payment, of: sale?.seq, in: db)
                    try SlipQueries.judgeNamed(
                        unnamed, under: slipTerms, at: new.arrival.receivedAt, in: db, log: log)
                    return .same(try SlipQueries.slip(unnamed, in: db))
                }
                try Self.checkRoom(of: new.job.service, atMost: waiting, in: db)
                let seq = try JobQueries.insert(new.job, of: nil, arrival: new.arrival, into: db)
                try SlipQueries.insert(new, seq, for: payment, of: sale?.seq, in: db)
                let record = try SlipQueries.slip(seq, in: db)
                log.add(.slip(record, from: nil))
                return .new(record)
            }
            if let acceptance { return acceptance }
        }
    }

    /// The same slip, if it was handed in for the same before; nil if it was not.
    public func slip(sameAs new: NewSlip) async throws(OutboxError) -> SlipRecord? {
        try await read { db in try SlipQueries.same(as: new, in: db) }
    }

    /// Whether a sale is here. Nothing of it is read.
    public func hasSale(_ id: TransactionID) async throws(OutboxError) -> Bool {
        try await read { db in try SlipQueries.saleSeq(id, in: db) != nil }
    }

    public func slip(_ id: SlipID) async throws(OutboxError) -> SlipRecord {
        try await read { db in try SlipQueries.slip(id, in: db) }
    }

    /// The slips of a sale that is here, in the order of their arrival.
    public func slips(of sale: TransactionID) async throws(OutboxError) -> [SlipRecord] {
        try await read { db in
            guard let seq = try SlipQueries.saleSeq(sale, in: db) else { throw SaleQueries.unknown(sale) }
            return try SlipQueries.slips(ofSale: seq, in: db)
        }
    }

    /// Slips, newest first.
    ///
    /// - Parameters:
    ///   - states: only those in one of these; nil for all.
    ///   - before: only those that came before this one, by ``SlipRecord/seq``.
    public func slips(
        in states: [SlipState]? = nil, before: Int64? = nil, limit: Int
    ) async throws(OutboxError) -> [SlipRecord] {
        try await read { db in
            let page: StatementArguments = ["before": before ?? .max, "limit": limit]
            guard let states else {
                return try Row.fetchAll(db.cachedStatement(sql: SlipQueries.newest), arguments: page).map {
                    try $0.slip()
                }
            }
            let found = try states.flatMap { state in
                try Row.fetchAll(
                    db.cachedStatement(sql: SlipQueries.newestByState), arguments: page &+ ["state": state.rawValue]
                ).map { try $0.slip() }
            }
            return Array(found.sorted { $0.seq > $1.seq }.prefix(limit))
        }
    }

    /// A person has a slip read once more that could not be read, or says that the account of a held one is well again.
    public func retrySlip(_ id: SlipID, at now: Date) async throws(OutboxError) -> SlipRecord {
        try await write { db, log in
            let slip = try SlipQueries.slip(id, in: db)
            if slip.state.isOwed {
                guard try AccountQueries.state(of: slip.service, in: db).condition == .held else {
                    throw OutboxError(.conflict, "the slip \(id) is being read; there is nothing to try again")
                }
                try AccountQueries.set(.up, of: slip.service, in: db)
                log.add(.account(slip.service, .up))
                return slip
            }
            guard slip.state == .failed || slip.state == .unreadable else {
                throw OutboxError(.conflict, "the slip \(id) was read; there is nothing to try again")
            }
            guard !slip.imageRemoved else {
                throw OutboxError(.conflict, "the image of the slip \(id) is removed: hand it in again, then try again")
            }
            let job = try JobQueries.job(slip.seq, in: db)
            // Whatever the service has of it is left behind: it is uploaded and read anew.
            let anew = JobMachine(
                state: .pending, step: .begin, history: AttemptHistory(count: job.machine.attempts), nextAttemptAt: now)
            try JobQueries.update(slip.seq, to: anew, at: now, in: db)
            try db.cachedStatement(sql: SlipQueries.readAnew).execute(arguments: [
                job.machine.mayHaveActed && slip.state == .failed, slip.seq,
            ])
            let record = try SlipQueries.slip(slip.seq, in: db)
            log.add(.slip(record, from: slip.state))
            return record
        }
    }

    private static func checkRoom(for sale: TransactionID, in db: Database) throws {
        let count = try SlipQueries.count(for: sale, in: db)
        guard count < maximumSlipsOfSale else {
            throw OutboxError(.conflict, "the sale \(sale) has \(count) slips, and no more are taken for it")
        }
    }

    private static func checkRoom(of service: ServiceName, atMost limit: Int, in db: Database) throws {
        let owed = try Int.fetchOne(
            db.cachedStatement(sql: JobQueries.pendingCount),
            arguments: ["service": service.rawValue, "limit": limit])
        if let owed, owed >= limit {
            throw OutboxError(.busy, "\(owed) slips wait to be read, and no more are taken now")
        }
    }
}
