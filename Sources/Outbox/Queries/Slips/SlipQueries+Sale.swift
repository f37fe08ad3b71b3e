import Foundation
import GRDB
import JSON
import Journey
import Sales

// The sale that a slip is for.
extension SlipQueries {
    static let sale = "SELECT seq, issued_day, total, event FROM sale WHERE transaction_id = ?"
    static let bind = """
        UPDATE slip SET sale_seq = :sale, expected = :expected, expected_on = :day WHERE seq = :seq
        """

    static func saleSeq(_ id: TransactionID, in db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT seq FROM sale WHERE transaction_id = ?"), arguments: [id.text])
    }

    /// The sale that a slip is for, as it is kept; nil if that is not here, or if the slip is not taken anyway.
    static func saleToCompare(with new: NewSlip, in db: Database) throws -> KeptSale? {
        guard let id = new.sale, try same(as: new, in: db) == nil,
            try count(for: id, in: db) < Outbox.maximumSlipsOfSale,
            let row = try Row.fetchOne(db.cachedStatement(sql: sale), arguments: [id.text])
        else { return nil }
        return KeptSale(
            seq: try row.required("seq"), day: BangkokDay(number: try row.required("issued_day")),
            total: Money(satang: try row.required("total")), event: try row.bytes("event"))
    }

    /// How many slips were handed in for a sale.
    static func count(for sale: TransactionID, in db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: countNamed), arguments: [sale.text]) ?? 0
    }

    struct KeptSale: Sendable {
        let seq: Int64
        fileprivate let day: BangkokDay
        fileprivate let total: Money
        fileprivate let event: [UInt8]

        /// What a slip has to show. It takes as long as the sale is.
        func payment(under terms: SlipTerms) -> SlipPayment {
            let receipt = KeptReceipt(of: event)
            return SlipPayment(terms.amount(of: receipt.payments, rounding: receipt.rounding, total: total), on: day)
        }
    }

    /// Gives a sale that has just come the slips that were handed in for it before. What was read is compared again: only now is
    /// it known what was to be paid.
    static func bind(
        to sale: (seq: Int64, event: SaleEvent), under terms: SlipTerms, at now: Date, in db: Database, log: ChangeLog
    ) throws -> [SlipRecord] {
        let waiting = try Int64.fetchAll(
            db.cachedStatement(sql: unbound), arguments: [sale.event.sale.id.text])
        if waiting.isEmpty { return [] }
        let receipt = sale.event.sale.receipt
        let amount = terms.amount(
            of: receipt.payments, rounding: receipt.rounding, total: sale.event.sale.totals.total)
        for seq in waiting {
            try db.cachedStatement(sql: bind).execute(arguments: [
                "sale": sale.seq, "expected": amount.satang, "day": BangkokDay(of: sale.event.sale.issuedAt).number,
                "seq": seq,
            ])
            try judge(seq, under: terms, at: now, in: db, log: log)
        }
        return try slips(ofSale: sale.seq, in: db)
    }
}

/// How a kept sale was paid. Only that is read of it: a slip makes nobody wait for a whole sale to be decoded.
private struct KeptReceipt {
    private(set) var payments: [Payment] = []
    private(set) var rounding: DecimalNumber?

    init(of event: [UInt8]) {
        guard case .object(let sale)? = try? JSONParser.parse(event), case .object(let receipt)? = sale["receipt"]
        else {
            return
        }
        rounding = Self.decimal(receipt["rounding"])
        guard case .array(let values)? = receipt["payments"] else { return }
        payments = values.compactMap { value in
            guard case .object(let payment) = value, case .string(let method)? = payment["method"],
                let amount = Self.decimal(payment["amount"])
            else { return nil }
            return Payment(method: method, amount: amount)
        }
    }

    private static func decimal(_ value: JSONValue?) -> DecimalNumber? {
        guard case .string(let text)? = value else { return nil }
        return DecimalNumber(text)
    }
}
