import GatewayAPI
import JSON

/// A list of sales, one on a line.
struct SalePageText {
    let page: SalePage
    let showsURL: Bool

    func text() -> String {
        guard !page.sales.isEmpty else { return "no sales" }
        let columns = self.columns
        var table = TextTable(columns: columns.map { ($0.heading, $0.alignment) })
        table.rows = page.sales.map { sale in columns.map { $0.text(sale) } }
        let more = page.next.map { "\nmore: --after \($0)" } ?? ""
        return table.text() + more
    }

    private typealias Column = (
        heading: String, alignment: TextTable.Alignment, text: (SaleResource) -> String
    )

    /// A column that would say nothing is left out.
    private var columns: [Column] {
        var columns: [Column] = [
            ("SALE", .left, { $0.transactionID }), ("NUMBER", .left, { SaleText.plain($0.number) }),
            ("RECEIVED", .left, { SaleText.local($0.receivedAt) }), ("TOTAL", .right, { $0.totals.total }),
        ]
        if Set(page.sales.map(\.registration.provider)).count > 1 {
            columns.append(("PROVIDER", .left, { $0.registration.provider }))
        }
        columns.append(("REGISTRATION", .left, { $0.registration.state }))
        if page.sales.contains(where: { Self.reason(of: $0) != nil }) {
            columns.append(("REASON", .left, { SaleText.plain(Self.reason(of: $0) ?? "-") }))
        }
        if page.sales.contains(where: { $0.taxInvoice != nil }) {
            columns.append(("TAX INVOICE", .left, { $0.taxInvoice?.state ?? "-" }))
        }
        columns.append(("PAPER", .left, { Self.paper(of: $0) }))
        if showsURL { columns.append(("SERVICE_URL", .left, { $0.registration.serviceURL ?? "-" })) }
        return columns
    }

    /// Why it is rejected.
    private static func reason(of sale: SaleResource) -> String? {
        sale.registration.state == "rejected" ? sale.registration.lastError?.code : nil
    }

    /// Sales to choose one from: what tells apart those with one number.
    func choices() -> String {
        var table = TextTable(columns: [
            ("SALE", .left), ("TERMINAL", .left), ("ISSUED", .left), ("TOTAL", .right), ("REGISTRATION", .left),
        ])
        table.rows = page.sales.map { sale in
            [
                sale.transactionID, SaleText.plain(sale.terminalID ?? "-"), SaleText.onPaper(sale.issuedAt),
                sale.totals.total, sale.registration.state,
            ]
        }
        return table.text()
    }

    var json: JSONValue {
        .object([
            "sales": .array(page.sales.map { $0.json(showingURL: showsURL) }),
            "next": page.next.map { .string($0) } ?? .null,
        ])
    }

    private static func paper(of sale: SaleResource) -> String {
        guard let print = sale.prints.last else { return "none" }
        return print.state == "printed" && print.withQR ? "printed with QR" : print.state
    }
}
