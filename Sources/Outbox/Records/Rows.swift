package import Foundation
package import GRDB
package import Journey
package import Sales

// Converts rows to values. A column with a value that no version of the gateway wrote is an error, not a crash.

extension Row {
    /// nil if it is NULL. A subscript would end the process over a value of another type, which a damaged page can hold
    /// in spite of the table's rules.
    package func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
        guard let value = self[column] as DatabaseValue?, !value.isNull else { return nil }
        guard let converted = Value.fromDatabaseValue(value) else { throw Self.unreadable(column) }
        return converted
    }

    func time(_ column: String) throws -> Date? {
        try optional(column).map(Date.init(milliseconds:))
    }

    package func requiredTime(_ column: String) throws -> Date {
        Date(milliseconds: try required(column))
    }

    package func required<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        guard let value: Value = try optional(column) else { throw Self.unreadable(column) }
        return value
    }

    package func named<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        guard let value = Value(rawValue: try required(column)) else { throw Self.unreadable(column) }
        return value
    }

    package func transactionID() throws -> TransactionID {
        guard let id = TransactionID(try required("transaction_id")) else { throw Self.unreadable("transaction_id") }
        return id
    }

    package func bytes(_ column: String) throws -> [UInt8] {
        let data: Data = try required(column)
        return Array(data)
    }

    func failure() throws -> Failure? {
        guard let code: String = try optional("error_code"), let at = try time("error_at") else { return nil }
        return Failure(code: code, message: try optional("error_message") ?? "", at: at)
    }

    package func job() throws -> JobMachine {
        JobMachine(
            state: try named("state"), step: try named("step"),
            history: AttemptHistory(
                count: try required("attempts"), hasOpen: try required("has_open_attempt"),
                mayHaveActed: try required("may_have_acted"),
                waitsApart: try required("line") == JobLine.apart.rawValue,
                search: JobSearch(
                    absences: try required("absences"), repeats: try required("repeats"),
                    isSurelyMade: try required("surely_made"), isAdopted: try required("adopted"))),
            made: .init(id: try optional("remote_id"), result: try optional("result")), lastError: try failure(),
            nextAttemptAt: try time("next_attempt_at"))
    }

    package func service() throws -> ServiceName {
        ServiceName(rawValue: try required("service"))
    }

    /// From a row that was read with ``JobQueries/columns``.
    func registration() throws -> SaleRegistration {
        SaleRegistration(
            job: try required("job_seq"), provider: try service(), machine: try job(), endedAt: try time("ended_at"),
            withdrawal: try withdrawal())
    }

    func withdrawal() throws -> SaleRegistration.Withdrawal? {
        if let done = try time("withdrawn_at") { return .done(at: done) }
        return try time("withdrawal_asked_at").map { .asked(at: $0) }
    }

    package func terms() throws -> SaleTerms {
        guard let rate = DecimalNumber(try required("vat_rate")) else { throw Self.unreadable("vat_rate") }
        return SaleTerms(vatIncluded: try required("vat_included"), vatRate: rate, rounding: try named("rounding"))
    }

    package func totals() throws -> Totals {
        Totals(
            total: Money(satang: try required("total")), vatable: Money(satang: try required("vatable")),
            exempt: Money(satang: try required("exempt")), vat: Money(satang: try required("vat")))
    }

    /// From a row that was read with ``SaleQueries/columns``.
    func sale(
        prints: [PrintRecord], documents: [DocumentRecord] = [], invoice: SaleInvoice?
    ) throws -> SaleRecord {
        SaleRecord(
            seq: try required("seq"), id: try transactionID(), terminalID: try optional("terminal_id"),
            number: try required("number"), source: try required("source"),
            receivedAt: try requiredTime("received_at"), agedFrom: try requiredTime("aged_from"),
            issuedAt: try requiredTime("issued_at"), totals: try totals(), documentType: try documentType(),
            dueOn: try dueOn(), registration: try registration(), prints: prints, documents: documents,
            invoice: invoice)
    }

    /// What the sale is to get by its event, and what it gets by now.
    private func documentType() throws -> DocumentType {
        let stated: DocumentType = try named("document_type")
        return try buyerChange()?.documentType(insteadOf: stated) ?? stated
    }

    private func dueOn() throws -> BangkokDay? {
        guard let text: String = try optional("due_on") else { return nil }
        guard let day = BangkokDay(text) else { throw Self.unreadable("due_on") }
        return day
    }

    package func buyerChange() throws -> BuyerChange? {
        guard let data: Data = try optional("buyer_change") else { return nil }
        guard let change = BuyerChange(Array(data)) else { throw Self.unreadable("buyer_change") }
        return change
    }

    func keptSale() throws -> KeptSale {
        KeptSale(event: try bytes("event"), terms: try terms(), change: try buyerChange())
    }

    package func print() throws -> PrintRecord {
        PrintRecord(
            seq: try required("seq"), id: try required("id"), copyNumber: try optional("copy_number"),
            printer: try required("printer"), movedFrom: try optional("moved_from"), withQR: try required("with_qr"),
            requestedAt: try requiredTime("requested_at"), agedFrom: try requiredTime("aged_from"),
            waitsUntil: try requiredTime("waits_until"),
            expiresAt: try time("expires_at"),
            machine: PrintMachine(
                kind: try named("kind"), mark: try named("mark"), state: try named("state"),
                confirmedBy: try (optional("confirmed_by") as String?).map { _ in try named("confirmed_by") },
                finishedAt: try time("finished_at"), error: try optional("error")),
            isMissed: try required("is_missed"))
    }

    private static func unreadable(_ column: String) -> OutboxError {
        OutboxError(.query, "a row has an unreadable \(column): was the database edited by hand?")
    }
}

extension Date {
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }

    /// What is left of it in a row.
    var toMilliseconds: Date { Date(milliseconds: milliseconds) }

    /// Rounded: what was read is written back unchanged. Dates out of range are cut to what SQLite can hold.
    package var milliseconds: Int64 {
        let milliseconds = (timeIntervalSince1970 * 1_000).rounded()
        return Int64(min(max(milliseconds, -9e15), 9e15))
    }
}
