import Foundation
import GRDB
import JSON
import Journey
import Sales

/// The SQL of payment slips; a test checks it against its query plan.
enum SlipQueries {
    static let columns = """
        SELECT slip.*, job.service, job.error_code, job.error_message, job.error_at, job.next_attempt_at
        """
    private static let withJob = "slip CROSS JOIN job ON job.seq = slip.seq"

    static let numbered = "\(columns) FROM \(withJob) WHERE slip.seq = ?"
    static let one = "\(columns) FROM \(withJob) WHERE slip.id = ?"
    static let ofSale = "\(columns) FROM \(withJob) WHERE slip.sale_seq = ? ORDER BY slip.seq"
    static let newest = "\(columns) FROM \(withJob) WHERE slip.seq < :before ORDER BY slip.seq DESC LIMIT :limit"
    static let newestByState = """
        \(columns) FROM slip INDEXED BY slip_state CROSS JOIN job ON job.seq = slip.seq
        WHERE slip.state = :state AND slip.seq < :before ORDER BY slip.seq DESC LIMIT :limit
        """

    static let countNamed = """
        SELECT count(*) FROM slip INDEXED BY slip_named WHERE transaction_id = ? AND transaction_id IS NOT NULL
        """
    /// Those that wait for a sale.
    static let unbound = """
        SELECT seq FROM slip INDEXED BY slip_named
        WHERE transaction_id = ? AND transaction_id IS NOT NULL AND sale_seq IS NULL ORDER BY seq
        """

    static func slip(_ id: SlipID, in db: Database) throws -> SlipRecord {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: one), arguments: [id.text]) else { throw unknown(id) }
        return try row.slip()
    }

    static func slip(_ seq: Int64, in db: Database) throws -> SlipRecord {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: numbered), arguments: [seq]) else {
            throw OutboxError(.notFound, "there is no such slip any more")
        }
        return try row.slip()
    }

    static func slips(ofSale seq: Int64, in db: Database) throws -> [SlipRecord] {
        try Row.fetchAll(db.cachedStatement(sql: ofSale), arguments: [seq]).map { try $0.slip() }
    }

    static func setMayBeCharged(_ seq: Int64, in db: Database) throws {
        try db.cachedStatement(sql: "UPDATE slip SET may_be_charged = 1 WHERE seq = ?").execute(arguments: [seq])
    }

    static func insert(_ new: NewSlip, _ seq: Int64, for payment: SlipPayment, of sale: Int64?, in db: Database) throws
    {
        try db.cachedStatement(
            sql: """
                INSERT INTO slip (
                    seq, id, sale_seq, transaction_id, terminal_id, stated, expected, expected_on, received_at, aged_from,
                    media, size, digest, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
                """
        ).execute(arguments: [
            seq, new.id.text, sale, new.sale?.text, new.terminal, new.stated?.satang, payment.amount.satang,
            payment.day.number, new.shownAt.milliseconds, new.arrival.receivedAt.milliseconds, new.image.media.rawValue,
            new.image.size, Data(new.image.digest),
        ])
    }

    static func unknown(_ id: SlipID) -> OutboxError { OutboxError(.notFound, "there is no slip \(id)") }
}

extension Row {
    /// From a row that was read with the columns of ``SlipQueries``.
    func slip() throws -> SlipRecord {
        guard let id = SlipID(try required("id")) else { throw OutboxError(.query, "a slip has an unreadable id") }
        let reading = try reading()
        return SlipRecord(
            seq: try required("seq"), id: id, service: try service(),
            sale: try (optional("transaction_id") as String?).flatMap { TransactionID($0) },
            terminal: try optional("terminal_id"), expected: Money(satang: try required("expected")),
            receivedAt: try requiredTime("received_at"), media: try named("media"), size: try required("size"),
            digest: try bytes("digest"), state: try named("state"), mayBeCharged: try required("may_be_charged"),
            credits: try optional("credits"), reading: reading == SlipReading() ? nil : reading,
            differences: try SlipDifference.all(in: required("differences")),
            accountChecked: try required("account_checked"), lastError: try failure(),
            nextAttemptAt: try time("next_attempt_at"), imageRemoved: try required("image_removed"),
            bound: try !isNull("sale_seq"))
    }

    func reading() throws -> SlipReading {
        SlipReading(
            amount: try optional("read_amount"), date: try optional("read_date"), bank: try optional("read_bank"),
            fromAccount: try optional("read_from"), toAccount: try optional("read_to"))
    }

    private func isNull(_ column: String) throws -> Bool { try (optional(column) as Int64?) == nil }
}

extension SlipDifference {
    private static let members = (check: "check", expected: "expected", found: "found")

    /// As the database keeps them.
    static func text(of differences: [SlipDifference]) -> String {
        JSONValue.array(
            differences.map {
                .object([
                    members.check: .string($0.check.rawValue), members.expected: .string($0.expected),
                    members.found: .string($0.found),
                ])
            }
        ).text
    }

    static func all(in text: String) throws -> [SlipDifference] {
        guard case .array(let values)? = try? JSONParser.parse(Array(text.utf8)) else { throw unreadable }
        return try values.map { value in
            guard case .object(let object) = value, case .string(let name)? = object[members.check],
                let check = Check(rawValue: name), case .string(let expected)? = object[members.expected],
                case .string(let found)? = object[members.found]
            else { throw unreadable }
            return SlipDifference(check, expected: expected, found: found)
        }
    }

    private static var unreadable: OutboxError { OutboxError(.query, "a slip has unreadable differences") }
}
