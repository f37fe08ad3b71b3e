import Foundation
import GRDB
import Journey
import Sales

// What becomes of a slip.
extension SlipQueries {
    /// A service's texts are as long as it likes.
    private static let longestText = 200
    /// Slips of the same image, or that show the same transfer, and came later: so many of each are judged again.
    private static let mostLater = 20

    static let readAnew = """
        UPDATE slip SET state = 'waiting', ended_at = NULL, read_amount = NULL, read_date = NULL, read_bank = NULL,
            read_from = NULL, read_to = NULL, transfer = NULL, differences = '[]', account_checked = 0,
            may_be_charged = may_be_charged OR ?
        WHERE seq = ?
        """
    private static let move = """
        UPDATE slip SET state = :state, ended_at = coalesce(ended_at, :ended),
            may_be_charged = may_be_charged OR :charged
        WHERE seq = :seq
        """
    private static let keepFinding = """
        UPDATE slip SET credits = coalesce(credits + :credits, :credits, credits), read_amount = :amount, read_date = :date, read_bank = :bank, read_from = :from,
            read_to = :to, transfer = :transfer
        WHERE seq = :seq
        """
    private static let keepVerdict = """
        UPDATE slip SET state = :state, differences = :differences, account_checked = :checked WHERE seq = :seq
        """

    /// A slip that is for no sale is not another sale's.
    private static let isOfAnother = "transaction_id IS NOT NULL AND transaction_id IS NOT :sale"
    /// An earlier slip of the same image, for another sale.
    static let sameImage = """
        SELECT transaction_id FROM slip INDEXED BY slip_digest
        WHERE digest = :digest AND seq < :seq AND \(isOfAnother) ORDER BY seq LIMIT 1
        """
    /// An earlier slip that shows the same transfer, for another sale.
    static let sameTransfer = """
        SELECT transaction_id FROM slip INDEXED BY slip_transfer
        WHERE transfer = :transfer AND transfer IS NOT NULL AND seq < :seq AND \(isOfAnother) ORDER BY seq LIMIT 1
        """
    private static let isJudged = "state IN ('matched', 'differs')"
    static let laterTransfers = """
        SELECT seq FROM slip INDEXED BY slip_transfer
        WHERE transfer = ? AND transfer IS NOT NULL AND seq > ? AND \(isJudged) ORDER BY seq LIMIT ?
        """
    static let laterImages = """
        SELECT seq FROM slip INDEXED BY slip_digest WHERE digest = ? AND seq > ? AND \(isJudged) ORDER BY seq LIMIT ?
        """

    /// How its job has moved on.
    struct Progress {
        let seq: Int64
        let machine: JobMachine
        /// Whether that may have cost more than once.
        var mayBeCharged = false
        /// What the service found, once the job is done.
        var finding: SlipFinding?
    }

    static func follow(
        _ progress: Progress, under terms: SlipTerms, at now: Date, in db: Database, log: ChangeLog
    ) throws {
        let (seq, machine) = (progress.seq, progress.machine)
        let before = try slip(seq, in: db)
        try db.cachedStatement(sql: move).execute(arguments: [
            "state": SlipState(machine).rawValue, "ended": machine.state == .pending ? nil : now.milliseconds,
            "charged": progress.mayBeCharged, "seq": seq,
        ])
        guard machine.state == .done else {
            let record = try slip(seq, in: db)
            if record.isShownOtherwise(than: before) { log.add(.slip(record, from: before.state)) }
            return
        }
        try keep(progress.finding ?? SlipFinding(SlipReading()), of: seq, in: db)
        try judge(seq, from: before.state, under: terms, at: now, in: db, log: log)
        guard let transfer = progress.finding?.reading.transfer else { return }
        try judgeLater((seq, transfer), under: terms, at: now, in: db, log: log)
    }

    /// Compares those again that show the same transfer and came later than this slip.
    static func judgeLater(
        _ slip: (seq: Int64, transfer: String), under terms: SlipTerms, at now: Date, in db: Database, log: ChangeLog
    ) throws {
        let others = try Int64.fetchAll(
            db.cachedStatement(sql: laterTransfers), arguments: [slip.transfer, slip.seq, mostLater])
        for other in others { try judge(other, under: terms, at: now, in: db, log: log) }
    }

    /// The same for those of the same image.
    static func judgeLater(
        _ slip: (seq: Int64, digest: [UInt8]), under terms: SlipTerms, at now: Date, in db: Database, log: ChangeLog
    ) throws {
        let others = try Int64.fetchAll(
            db.cachedStatement(sql: laterImages), arguments: [Data(slip.digest), slip.seq, mostLater])
        for other in others { try judge(other, under: terms, at: now, in: db, log: log) }
    }

    private static func keep(_ finding: SlipFinding, of seq: Int64, in db: Database) throws {
        let reading = finding.reading
        func cut(_ text: String?) -> String? { text.map { String($0.prefix(longestText)) } }
        try db.cachedStatement(sql: keepFinding).execute(arguments: [
            "credits": finding.credits, "amount": cut(reading.amount), "date": cut(reading.date),
            "bank": cut(reading.bank), "from": cut(reading.fromAccount), "to": cut(reading.toAccount),
            "transfer": reading.transfer, "seq": seq,
        ])
    }

    /// Compares what was read with what was to be paid, and reports the slip. One of which nothing was read stays as it is.
    ///
    /// - Parameter state: what it was shown as before; nil if the database still says so.
    static func judge(
        _ seq: Int64, from state: SlipState? = nil, under terms: SlipTerms, at now: Date, in db: Database,
        log: ChangeLog
    ) throws {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: numbered), arguments: [seq]) else { return }
        let before = try row.slip()
        let state = state ?? before.state
        guard [.matched, .differs, .unreadable].contains(before.state), let reading = before.reading else {
            return log.add(.slip(before, from: state))
        }
        let payment = SlipPayment(before.expected, on: BangkokDay(number: try row.required("expected_on")))
        let verdict = SlipCheck(terms).verdict(
            on: reading, of: payment, seenFor: try seen(before, transfer: row.optional("transfer"), in: db))
        try db.cachedStatement(sql: keepVerdict).execute(arguments: [
            "state": verdict.state.rawValue, "differences": SlipDifference.text(of: verdict.differences),
            "checked": verdict.accountChecked, "seq": seq,
        ])
        let record = try slip(seq, in: db)
        log.add(.slip(record, from: state))
        // Once for each slip.
        let wasReported = state == .differs && before.differences.contains(where: \.contradicts)
        if !wasReported, verdict.differences.contains(where: \.contradicts) {
            try IncidentQueries.count(record.incident(since: now), in: db, log: log)
        }
    }

    /// The other sale for which the same slip was shown before.
    private static func seen(_ slip: SlipRecord, transfer: String?, in db: Database) throws -> String? {
        let own: StatementArguments = ["seq": slip.seq, "sale": slip.sale?.text]
        let found = try String.fetchOne(
            db.cachedStatement(sql: sameImage), arguments: own &+ ["digest": Data(slip.digest)])
        guard found == nil, let transfer else { return found }
        return try String.fetchOne(db.cachedStatement(sql: sameTransfer), arguments: own &+ ["transfer": transfer])
    }
}

extension SlipState {
    /// By its job. A job that is done says nothing yet of what was found.
    init(_ job: JobMachine) {
        self =
            switch job.state {
            case .pending: job.step == .follow ? .reading : .waiting
            case .rejected: job.lastError?.isOfImage == true ? .unreadable : .failed
            case .done: .unreadable
            }
    }
}

extension Failure {
    /// Whether the service does not take the image: any service calls that so.
    fileprivate var isOfImage: Bool { ["::400", "::413", "::415", "::422"].contains { code.hasSuffix($0) } }
}

extension SlipRecord {
    /// Beside when it is asked for again.
    fileprivate func isShownOtherwise(than other: SlipRecord) -> Bool {
        state != other.state || mayBeCharged != other.mayBeCharged || lastError?.code != other.lastError?.code
    }

    /// Nothing of an account: alarms are logged.
    fileprivate func incident(since: Date) -> Incident {
        let whose = sale.map { "the slip for the sale \($0)" } ?? "the slip \(id), for no sale yet,"
        let checks = differences.map { $0.check == .seenBefore ? "was seen before" : "differs in \($0.check.rawValue)" }
        return Incident(
            code: Incident.slipDiffers, since: since, reason: "\(whose) \(checks.joined(separator: ", "))")
    }
}
