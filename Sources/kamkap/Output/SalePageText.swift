import GatewayAPI
import JSON

/// A list of sales, one on a line.
struct SalePageText {
    let page: SalePage
    let showsURL: Bool

    func text() -> String {
        guard !page.sales.isEmpty else { return "no sales" }
        var table = TextTable(columns: [
            ("SALE", .left), ("NUMBER", .left), ("RECEIVED", .left), ("TOTAL", .right), ("REGISTRATION", .left),
            ("PAPER", .left),
        ])
        if showsURL { table = TextTable(columns: table.columns + [("SERVICE_URL", .left)]) }
        for sale in page.sales {
            var row = [
                sale.transactionID, SaleText.plain(sale.number), SaleText.local(sale.receivedAt), sale.totals.total,
                sale.registration.state, Self.paper(of: sale),
            ]
            if showsURL { row.append(sale.registration.serviceURL ?? "-") }
            table.rows.append(row)
        }
        let more = page.next.map { "\nmore: --after \($0)" } ?? ""
        return table.text() + more
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
