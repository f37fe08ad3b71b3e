import GatewayAPI
import JSON

/// A supplier's invoice as text, for a person at a terminal.
struct SupplierInvoiceText {
    let invoice: SupplierInvoiceResource
    /// Nil while there is none.
    var reading: JSONObject?

    /// Prints the invoice of an answer, or throws what the gateway refuses.
    static func tell(_ answer: GatewayClient.Answer, number: Int, json: Bool) throws {
        guard answer.status == 200 else { throw CommandExit(answer, about: "invoice \(number)") }
        let invoice = try SupplierInvoiceResource(json: answer.json())
        Terminal.print(json ? invoice.json.text : SupplierInvoiceText(invoice: invoice).text())
    }

    func text() -> String {
        var lines = [
            ("invoice", "\(invoice.number)"), ("file", invoice.file), ("state", invoice.state),
            ("received", SaleText.local(invoice.receivedAt)), ("size", Size.text(invoice.size)),
            ("sha256", invoice.sha256),
        ]
        if let name = invoice.filedAs {
            lines.append(("lies in", "\(invoice.state == "read" ? "read" : "failed")/\(name)"))
        }
        if invoice.copies > 0 { lines.append(("came again", "\(invoice.copies) times")) }
        if invoice.attempts > 0 { lines.append(("attempts", "\(invoice.attempts)")) }
        if let error = invoice.lastError { lines.append(("last error", "\(error.code): \(error.message)")) }
        if let next = invoice.nextAttemptAt { lines.append(("next attempt", SaleText.local(next))) }
        if let results = reading?["results"] { lines.append(("reading", results.text)) }
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { $0.0.padded(to: width + 2) + SaleText.plain($0.1) }.joined(separator: "\n")
    }
}

/// A list of suppliers' invoices, one on a line.
struct SupplierInvoicePageText {
    let page: SupplierInvoicePage

    func text() -> String {
        guard !page.invoices.isEmpty else { return "no invoices" }
        var table = TextTable(columns: [
            ("INVOICE", .right), ("RECEIVED", .left), ("STATE", .left), ("FILE", .left), ("LAST ERROR", .left),
        ])
        table.rows = page.invoices.map { invoice in
            [
                "\(invoice.number)", SaleText.local(invoice.receivedAt), invoice.state,
                SaleText.plain(invoice.filedAs ?? invoice.file),
                invoice.state == "read" ? "" : invoice.lastError?.code ?? "",
            ]
        }
        return table.text() + (page.next.map { "\nmore: --after \($0)" } ?? "")
    }
}

/// A part of the service's own list of jobs, one on a line.
struct RemoteJobText {
    let page: RemoteJobPage

    func text() -> String {
        guard !page.jobs.isEmpty else { return "no jobs" }
        var table = TextTable(columns: [
            ("JOB", .left), ("NUMBER", .left), ("STATUS", .left), ("CREATED", .left), ("DOCUMENT", .left),
        ])
        table.rows = page.jobs.map { job in
            [job.id, job.jobNumber ?? "-", job.status ?? "-", job.createdAt ?? "-", job.documentName ?? "-"].map(
                SaleText.plain)
        }
        let all = page.total.map { "\n\($0) in all" } ?? ""
        return table.text() + all + (page.next.map { "\nmore: --after \($0)" } ?? "")
    }
}
