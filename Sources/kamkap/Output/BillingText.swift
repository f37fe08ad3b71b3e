import ArgumentParser
import GatewayAPI
import JSON

/// Bills and the books beside them as text.
enum BillingText {
    typealias Column = (heading: String, path: [String], alignment: TextTable.Alignment)

    static let documentColumns: [Column] = [
        ("id", ["id"], .left), ("number", ["number"], .left), ("issued", ["issue_date"], .left),
        ("total", ["total"], .right), ("customer", ["customer", "name"], .left),
    ]

    /// Whoever has one of these can open the document, or pay.
    private static let links: Set = ["shareable_url", "pdf_url", "qrcode"]

    static func table(_ page: BillingPageResource, columns: [Column]) -> String {
        if page.entries.isEmpty { return "none" }
        var table = TextTable(columns: columns.map { ($0.heading, $0.alignment) })
        table.rows = page.entries.map { entry in columns.map { text(.object(entry), $0.path) } }
        guard let next = page.next else { return table.text() }
        let total = page.total.map { " of \($0)" } ?? ""
        return "\(table.text())\n\(page.entries.count)\(total); more with --offset \(next)"
    }

    /// Every member on a line of its own.
    static func lines(_ value: JSONValue) -> String {
        var rows: [(name: String, text: String)] = []
        flatten(value, "", into: &rows)
        let width = rows.map { DisplayWidth.of($0.name) }.max() ?? 0
        return rows.map { SaleText.plain("\($0.name.padded(to: width))  \($0.text)") }.joined(separator: "\n")
    }

    static func log(_ log: [JSONObject]) -> String {
        if log.isEmpty { return "no changes" }
        var table = TextTable(columns: [
            ("at", .left), ("from", .left), ("to", .left), ("by", .left), ("reason", .left),
        ])
        let paths = [
            ["created_at"], ["from_status"], ["to_status"], ["transitioned_by_type"], ["reason"],
        ]
        table.rows = log.map { entry in paths.map { text(.object(entry), $0) } }
        return table.text()
    }

    static func calls(_ list: BillingCallList) -> String {
        if list.calls.isEmpty { return "no calls" }
        var table = TextTable(columns: [
            ("call", .right), ("asked", .left), ("what", .left), ("about", .left), ("state", .left), ("id", .left),
            ("error", .left),
        ])
        table.rows = list.calls.map { call in
            [
                "\(call.call)", SaleText.local(call.askedAt), call.verb, call.key, call.state, call.id ?? "-",
                call.errorCode ?? "-",
            ].map(SaleText.plain)
        }
        return table.text()
    }

    static func result(_ result: BillingResultResource) -> String {
        let call = result.call.map { " (call \($0))" } ?? ""
        var lines = [SaleText.plain("\(result.id ?? "done"): \(result.existing ? "there already" : "done")\(call)")]
        if let bill = result.bill { lines.append(SaleText.plain("\(bill.number ?? bill.id): \(bill.status ?? "-")")) }
        if let log = result.log { lines.append(Self.log(log)) }
        return lines.joined(separator: "\n")
    }

    /// Prints what became of a call, or ends the command.
    static func print(_ answer: GatewayClient.Answer, about subject: String, json: Bool) throws {
        guard answer.status == 200 else { throw CommandExit(answer, about: subject) }
        let result = try BillingResultResource(json: answer.json())
        Terminal.print(json ? shown(result.json, showsURL: false).text : Self.result(result))
    }

    /// Asks a person at a terminal; a script has to say yes.
    static func confirm(_ question: String, about subject: String, yes: Bool) throws {
        if yes { return }
        guard Terminal.canAsk else {
            throw ValidationError("This asks a person at a terminal; a script says --yes.")
        }
        guard Terminal.ask(question) else { throw CommandExit(.needsAHand, "\(subject): nothing was changed") }
    }

    /// Without links, unless they are wanted.
    static func shown(_ value: JSONValue, showsURL: Bool) -> JSONValue {
        if showsURL { return value }
        switch value {
        case .object(let object):
            var shown = JSONObject()
            for (key, value) in object.members where !links.contains(key) {
                shown[key] = Self.shown(value, showsURL: false)
            }
            return .object(shown)
        case .array(let values): return .array(values.map { Self.shown($0, showsURL: false) })
        default: return value
        }
    }

    // MARK: Parts

    private static func text(_ value: JSONValue, _ path: [String]) -> String {
        var value = value
        for key in path {
            guard case .object(let object) = value, let next = object[key] else { return "-" }
            value = next
        }
        return SaleText.plain(plain(value))
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .null: "-"
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "yes" : "no"
        case .array, .object: value.text
        }
    }

    private static func flatten(_ value: JSONValue, _ name: String, into rows: inout [(name: String, text: String)]) {
        switch value {
        case .object(let object) where !object.members.isEmpty:
            for (key, value) in object.members { flatten(value, name.isEmpty ? key : "\(name).\(key)", into: &rows) }
        case .array(let values) where !values.isEmpty:
            for (index, value) in values.enumerated() { flatten(value, "\(name)[\(index + 1)]", into: &rows) }
        default: rows.append((name, plain(value)))
        }
    }
}
