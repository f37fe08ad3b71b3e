import GatewayAPI
import JSON

/// A payment slip as text, for a person at a terminal.
struct SlipText {
    let slip: SlipResource

    /// Prints the slip of an answer, or throws what the gateway refuses.
    static func tell(_ answer: GatewayClient.Answer, id: String, json: Bool) throws {
        guard answer.status == 200 else { throw CommandExit(answer, about: id) }
        let slip = try SlipResource(json: answer.json())
        Terminal.print(json ? slip.json.text : SlipText(slip: slip).text())
    }

    func text() -> String {
        var lines = [
            ("slip", slip.id), ("sale", slip.sale ?? "-"), ("terminal", slip.terminalID ?? "-"),
            ("received", SaleText.local(slip.receivedAt)), ("state", "\(slip.state)  \(slip.words)"),
            ("expected", slip.expectedAmount ?? "-"),
        ]
        if let read = slip.read {
            lines.append(("read", [read.amount, read.date, read.bank].map { $0 ?? "-" }.joined(separator: "  ")))
            let accounts = [read.fromAccount, read.toAccount].map { $0 ?? "-" }
            lines.append(
                ("accounts", "from \(accounts[0]) to \(accounts[1])\(slip.accountChecked ? "" : ", not checked")"))
        }
        for difference in slip.differences { lines.append(("differs", Self.description(of: difference))) }
        if let credits = slip.credits { lines.append(("credits", "\(credits)")) }
        if slip.mayBeCharged { lines.append(("charged", "perhaps once more than the service has answered")) }
        if let error = slip.lastError { lines.append(("last error", "\(error.code): \(error.message)")) }
        if let next = slip.nextAttemptAt { lines.append(("next attempt", SaleText.local(next))) }
        lines.append(("picture", slip.imageKept ? "kept" : "removed"))
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { $0.0.padded(to: width + 2) + SaleText.plain($0.1) }.joined(separator: "\n")
    }

    static func description(of difference: SlipDifferenceResource) -> String {
        let expected = difference.expected.isEmpty ? "" : "expected \(difference.expected), "
        return "\(difference.check): \(expected)found \(difference.found.isEmpty ? "nothing" : difference.found)"
    }
}

/// A list of payment slips, one on a line.
struct SlipPageText {
    let page: SlipPage

    func text() -> String {
        guard !page.slips.isEmpty else { return "no slips" }
        var table = TextTable(columns: [
            ("SLIP", .left), ("SALE", .left), ("RECEIVED", .left), ("EXPECTED", .right), ("READ", .right),
            ("STATE", .left),
            ("DIFFERS IN", .left),
        ])
        table.rows = page.slips.map { slip in
            [
                slip.id, slip.sale ?? "-", SaleText.local(slip.receivedAt), slip.expectedAmount ?? "-",
                SaleText.plain(slip.read?.amount ?? "-"), slip.state,
                slip.differences.map(\.check).joined(separator: ", "),
            ]
        }
        return table.text() + (page.next.map { "\nmore: --after \($0)" } ?? "")
    }
}
