import Foundation
import GRDB
import Journey
import Sales

// A slip that is handed in again: its answer was lost, or its sale is known only now.
extension SlipQueries {
    /// The same image for the same sale.
    static let same = """
        SELECT seq FROM slip INDEXED BY slip_digest WHERE digest = ? AND transaction_id = ? LIMIT 1
        """
    /// The same image for the same amount at the same terminal on the same day, as long as nobody has named a sale. On another day
    /// somebody shows it again.
    static let sameAmount = """
        SELECT seq FROM slip INDEXED BY slip_digest
        WHERE digest = ? AND transaction_id IS NULL AND stated = ? AND terminal_id IS ? AND expected_on = ? LIMIT 1
        """
    /// The same image for no sale.
    static let unnamed = """
        SELECT seq FROM slip INDEXED BY slip_digest WHERE digest = ? AND transaction_id IS NULL ORDER BY seq LIMIT 1
        """
    private static let name = """
        UPDATE slip SET transaction_id = :name, sale_seq = :sale, stated = coalesce(:stated, stated), expected = :expected,
            expected_on = :day
        WHERE seq = :seq
        """

    static func same(as new: NewSlip, in db: Database) throws -> SlipRecord? {
        let digest = Data(new.image.digest)
        let seq =
            if let sale = new.sale {
                try Int64.fetchOne(db.cachedStatement(sql: same), arguments: [digest, sale.text])
            } else {
                try Int64.fetchOne(
                    db.cachedStatement(sql: sameAmount),
                    arguments: [digest, new.stated?.satang, new.terminal, BangkokDay(of: new.shownAt).number])
            }
        return try seq.map { try slip($0, in: db) }
    }

    /// The slip that becomes the sale's which is named only now; nil if there is none, or if no sale is named.
    static func unnamed(_ new: NewSlip, in db: Database) throws -> Int64? {
        guard new.sale != nil else { return nil }
        return try Int64.fetchOne(db.cachedStatement(sql: unnamed), arguments: [Data(new.image.digest)])
    }

    /// - Parameter sale: nil if it is not here yet.
    static func name(
        _ seq: Int64, as new: NewSlip, for payment: SlipPayment, of sale: Int64?, in db: Database
    ) throws {
        try db.cachedStatement(sql: name).execute(arguments: [
            "name": new.sale?.text, "sale": sale, "stated": new.stated?.satang, "expected": payment.amount.satang,
            "day": payment.day.number, "seq": seq,
        ])
    }

    /// Compares it again: only now is it known what it is for. From now on later slips of its image or transfer were seen before.
    static func judgeNamed(
        _ seq: Int64, under terms: SlipTerms, at now: Date, in db: Database, log: ChangeLog
    ) throws {
        try judge(seq, under: terms, at: now, in: db, log: log)
        try judgeLater((seq, try slip(seq, in: db).digest), under: terms, at: now, in: db, log: log)
        let transfer = try String.fetchOne(
            db.cachedStatement(sql: "SELECT transfer FROM slip WHERE seq = ?"), arguments: [seq])
        guard let transfer else { return }
        try judgeLater((seq, transfer), under: terms, at: now, in: db, log: log)
    }
}
