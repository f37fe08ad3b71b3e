import GatewayAPI
import HummingbirdCore
import Outbox
import Sales

/// `registration=…&number=…&terminal=…&from=…&to=…&limit=…&after=…`
struct ListQuery {
    private static let known = ["registration", "number", "terminal", "from", "to", "limit", "after"]
    /// Of a number or a terminal's id: what a sale may have, in Unicode scalars.
    private static let lengths = 1...64

    let filter: SaleFilter
    let registration: RegistrationState?
    let limit: Int
    let after: Int64?

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        try parameters.check(known: Self.known)
        let query = Query(parameters: parameters)
        let states = RegistrationState.allCases.map(\.rawValue).joined(separator: ", ")
        registration = try query.value("registration", "one of \(states)", RegistrationState.init(rawValue:))
        limit = try ListLimit(parameters).count
        after = try ListCursor(parameters).after
        filter = try Self.filter(query)
    }

    private static func filter(_ query: Query) throws -> SaleFilter {
        let text = "1 to 64 characters"
        let number = try query.value("number", "the number on the paper, \(text)", ofUsualLength)
        let terminal = try query.value("terminal", "a terminal_id, \(text)", ofUsualLength)
        let from = try query.value("from", BangkokDay.rule, BangkokDay.init(_:))
        let to = try query.value("to", BangkokDay.rule, BangkokDay.init(_:))
        if let from, let to, from > to {
            throw query.fault("from", "a day not after \(query.quoted("to")), the last one")
        }
        return SaleFilter(number: number, terminalID: terminal, from: from, to: to)
    }

    private static func ofUsualLength(_ text: String) -> String? {
        lengths.contains(text.unicodeScalars.count) ? text : nil
    }
}

/// The parameters of a query, and the faults of their values.
private struct Query {
    let parameters: FlatDictionary<Substring, Substring>

    /// nil if the parameter is not given.
    func value<Value>(_ name: String, _ rule: String, _ parse: (String) -> Value?) throws -> Value? {
        guard let text = parameters[Substring(name)] else { return nil }
        guard let value = parse(String(text)) else { throw fault(name, rule) }
        return value
    }

    func fault(_ name: String, _ rule: String) -> ProblemError {
        ProblemError(Problem.badRequest("\(name): expected \(rule), found \(quoted(name))"))
    }

    func quoted(_ name: String) -> String { "\"\((parameters[Substring(name)] ?? "").prefix(40))\"" }
}
