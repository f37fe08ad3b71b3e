import Gateway
import GatewayAPI
import HummingbirdCore
import Outbox

/// `state=differs&limit=…&after=…`
struct SlipListQuery {
    private static let known = ["state", "limit", "after"]

    let state: SlipShown?
    let limit: Int
    let after: Int64?

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        try parameters.check(known: Self.known)
        state = try parameters["state"].map { text in
            guard let state = SlipShown(rawValue: String(text)) else {
                let states = SlipShown.allCases.map(\.rawValue).joined(separator: ", ")
                throw ProblemError(.badRequest("state: expected one of \(states), found \"\(text.prefix(40))\""))
            }
            return state
        }
        limit = try ListLimit(parameters).count
        after = try ListCursor(parameters).after
    }
}
