/// A fault as a control's JSON writes it:
///
/// ```
/// {"kind": "slow", "milliseconds": 3000}
/// {"kind": "unavailable", "status": 503, "retry_after": 5}
/// {"kind": "refusal", "status": 422, "body": "{\"message\":\"no\"}"}
/// {"kind": "lose_answer_before_acting"}
/// {"kind": "lose_answer_after_acting"}
/// {"kind": "act_later", "milliseconds": 60000}
/// {"kind": "other_answer", "status": 200, "body": "{}"}
/// {"kind": "garbage"}
/// {"kind": "truncated"}
/// {"kind": "endless"}
/// {"kind": "drip"}
/// {"kind": "packed", "coding": "gzip"}       or "deflate", "unheard-of", "bomb"
/// ```
extension AnswerFault {
    /// nil if its kind is none of these.
    init?(_ member: Member) throws(Refusal) {
        switch try member.string("kind") {
        case "slow": self = .slow(.milliseconds(try member.integer("milliseconds", in: 0...3_600_000)))
        case "unavailable":
            let wait = try member.optionalInteger("retry_after", in: 0...86_400)
            self = .unavailable(
                status: try member.integer("status", in: 300...599), retryAfter: wait.map { .seconds($0) })
        case "refusal":
            self = .refusal(
                status: try member.integer("status", in: 400...599), body: try member.optionalString("body") ?? "{}")
        case "lose_answer_before_acting": self = .loseAnswerBeforeActing
        case "lose_answer_after_acting": self = .loseAnswerAfterActing
        case "act_later": self = .actLater(.milliseconds(try member.integer("milliseconds", in: 0...3_600_000)))
        case "other_answer":
            self = .otherAnswer(
                status: try member.integer("status", in: 200...599), body: try member.optionalString("body") ?? "{}")
        case "garbage": self = .garbage
        case "truncated": self = .truncated
        case "endless": self = .endless
        case "drip": self = .drip
        case "packed": self = .packed(try AnswerCoding(member))
        default: return nil
        }
    }

    var json: [String: JSONValue] {
        switch self {
        case .slow(let delay): ["kind": .string("slow"), "milliseconds": .milliseconds(delay)]
        case .unavailable(let status, let wait):
            ["kind": .string("unavailable"), "status": .count(status)].merging(
                wait.map { ["retry_after": .count(Int(($0 / .seconds(1)).rounded(.up)))] } ?? [:]
            ) { first, _ in first }
        case .refusal(let status, let body):
            ["kind": .string("refusal"), "status": .count(status), "body": .string(body)]
        case .loseAnswerBeforeActing: ["kind": .string("lose_answer_before_acting")]
        case .loseAnswerAfterActing: ["kind": .string("lose_answer_after_acting")]
        case .actLater(let delay): ["kind": .string("act_later"), "milliseconds": .milliseconds(delay)]
        case .otherAnswer(let status, let body):
            ["kind": .string("other_answer"), "status": .count(status), "body": .string(body)]
        case .garbage: ["kind": .string("garbage")]
        case .truncated: ["kind": .string("truncated")]
        case .endless: ["kind": .string("endless")]
        case .drip: ["kind": .string("drip")]
        case .packed(let coding): ["kind": .string("packed"), "coding": .string(coding.rawValue)]
        }
    }
}
