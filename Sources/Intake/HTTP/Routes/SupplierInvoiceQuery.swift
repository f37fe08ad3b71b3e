import Gateway
import GatewayAPI
import HummingbirdCore
import Outbox

/// `state=failed&limit=…&after=…`
struct SupplierInvoiceQuery {
    let state: SupplierInvoiceShown?
    let limit: Int
    let after: Int64?

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        try parameters.check(known: ["state", "limit", "after"])
        state = try parameters["state"].map { text in
            guard let state = SupplierInvoiceShown(rawValue: String(text)) else {
                let states = SupplierInvoiceShown.allCases.map(\.rawValue).joined(separator: ", ")
                throw ProblemError(.badRequest("state: expected one of \(states), found \"\(text.prefix(40))\""))
            }
            return state
        }
        limit = try ListLimit(parameters).count
        after = try ListCursor(parameters).after
    }
}

/// `search=…&offset=…&limit=…`
struct RemoteJobQuery {
    private static let usual = 50
    private static let limits = 1...100
    private static let offsets = 0...1_000_000
    private static let lengths = 1...200

    let search: String?
    let offset: Int
    let limit: Int

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        try parameters.check(known: ["search", "offset", "limit"])
        search = try parameters["search"].map { text in
            guard Self.lengths.contains(text.unicodeScalars.count) else {
                throw ProblemError(.badRequest("search: expected 1 to 200 characters"))
            }
            return String(text)
        }
        offset = try Self.number("offset", in: Self.offsets, parameters) ?? 0
        limit = try Self.number("limit", in: Self.limits, parameters) ?? Self.usual
    }

    private static func number(
        _ name: String, in range: ClosedRange<Int>, _ parameters: FlatDictionary<Substring, Substring>
    ) throws -> Int? {
        guard let text = parameters[Substring(name)] else { return nil }
        let isPlain = text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        guard isPlain, let number = Int(text), range.contains(number) else {
            throw ProblemError(
                .badRequest(
                    "\(name): expected a number from \(range.lowerBound) to \(range.upperBound), found \"\(text.prefix(40))\""
                ))
        }
        return number
    }
}
