import JSON
import OutboxRecovery

/// The result of a recovery, and what to do with it.
struct RecoveryText {
    let report: RecoveryReport
    let file: String
    let target: String

    func text() -> String {
        var lines = [
            "\(report.sales) sales and \(report.prints) prints were brought into \(target)",
            "\(report.pending) of the sales are still to be registered",
        ]
        if report.lostRegistrations > 0 {
            let ids = report.toSendAgain.map(SaleText.plain).joined(separator: " ")
            lines.append(
                "\(report.lostRegistrations) sales lost what their provider was to be sent; send each again with kamkap retry: \(ids)"
            )
        }
        if report.endedDocumentPrints > 0 {
            lines.append(
                "\(report.endedDocumentPrints) documents were on their way to paper and will not come out; print each again with kamkap documents ID --print: the alarm prints-failed names the sales"
            )
        }
        if report.unreadRows > 0 { lines.append("\(report.unreadRows) rows could not be read whole and were left out") }
        if !report.unreadSales.isEmpty {
            lines.append("sales among them: \(report.unreadSales.map(SaleText.plain).joined(separator: " "))")
        }
        if report.missingSales > 0 {
            lines.append(
                "\(report.missingSales) sales are missing from the count: lost with their pages, or purged before")
        }
        if report.lostPages > 0 { lines.append("\(report.lostPages) pages could not be read from the disk or the log") }
        return (lines + [""] + nextStep).joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            "file": .string(file), "output": .string(target), "sales": .number(JSONNumber(report.sales)),
            "prints": .number(JSONNumber(report.prints)), "pending": .number(JSONNumber(report.pending)),
            "unread_rows": .number(JSONNumber(report.unreadRows)),
            "unread_sales": .array(report.unreadSales.map { .string($0) }),
            "lost_registrations": .number(JSONNumber(report.lostRegistrations)),
            "send_again": .array(report.toSendAgain.map { .string($0) }),
            "ended_document_prints": .number(JSONNumber(report.endedDocumentPrints)),
            "missing_sales": .number(JSONNumber(report.missingSales)),
            "lost_pages": .number(JSONNumber(report.lostPages)),
        ])
    }

    private var nextStep: [String] {
        // The sales since then are in the database that took its place.
        if file.contains(".set-aside-") {
            return [
                "Another database has taken this one's place since. To have registered what is owed here, run a second",
                "gateway on \(target), with a configuration that names it as outbox.database, and its own intake.socket.",
            ]
        }
        return [
            "To put it in place, with the gateway stopped:",
            "  mv \(Self.quoted(file)) \(Self.quoted(file + ".damaged"))",
            "  mv \(Self.quoted(file + "-wal")) \(Self.quoted(file + ".damaged-wal"))   # if there is one",
            "  chown --reference=\(Self.quoted(file + ".damaged")) \(Self.quoted(target))",
            "  mv \(Self.quoted(target)) \(Self.quoted(file))",
        ]
    }

    private static func quoted(_ path: String) -> String {
        let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+:@".contains($0)) }
        return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
    }
}
