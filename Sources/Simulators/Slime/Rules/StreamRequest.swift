import Foundation

/// The data of `trading-document/stream-generated`.
struct StreamRequest: Sendable {
    enum Start: Sendable {
        case from(Date)
        case token(String)
    }

    private static let limits = 1...1000
    private static let usualLimit = 100

    let start: Start
    let limit: Int

    init(_ member: Member) throws(Refusal) {
        let from = try member.optionalString("from")
        let token = try member.optionalString("continuation_token")
        limit = try member.optionalInteger("limit", in: Self.limits) ?? Self.usualLimit
        switch (from, token) {
        case (let from?, nil):
            guard let instant = Grammar.instant(from) else {
                throw .schema("from", "expected an ISO 8601 timestamp such as 2026-11-20T10:15:00+07:00")
            }
            start = .from(instant)
        case (nil, let token?): start = .token(token)
        case (nil, nil): throw .schema("from", "expected from or continuation_token, found neither")
        case (_?, _?):
            throw Refusal(code: "AmbiguousInstruction", message: "expected from or continuation_token, found both")
        }
    }
}
