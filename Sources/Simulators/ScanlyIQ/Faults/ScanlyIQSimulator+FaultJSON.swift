/// A fault as the control's JSON writes it:
///
/// ```
/// {"kind": "slow", "milliseconds": 3000}
/// {"kind": "unavailable", "status": 503, "retry_after": 5}
/// {"kind": "refusal", "status": 400, "body": "{\"error\":\"no\"}"}
/// {"kind": "lose_answer_before_acting"}
/// {"kind": "lose_answer_after_acting"}
/// {"kind": "other_answer", "status": 200, "body": "{}"}
/// {"kind": "garbage"}
/// {"kind": "truncated"}
/// {"kind": "packed", "coding": "gzip"}       or "deflate", "unheard-of", "bomb"
/// ```
///
/// Each may have `operation` and `times` where it is not meant for every call and for good.
extension ScanlyIQSimulator.Fault {
    init(json: JSONValue) throws(Refusal) {
        guard case .object = json else { throw Refusal(code: "", message: "expected an object") }
        let member = Member(json, "")
        self.init(
            try Kind(member), operation: try member.optionalWord("operation"),
            times: try member.optionalInteger("times", in: 1...1_000_000))
    }

    var json: JSONValue {
        var members = kind.json
        members["operation"] = operation.map { .string($0.rawValue) }
        members["times"] = times.map(JSONValue.count)
        return .object(members)
    }
}

extension ScanlyIQSimulator.Fault.Kind {
    fileprivate init(_ member: Member) throws(Refusal) {
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
        case "other_answer":
            self = .otherAnswer(
                status: try member.integer("status", in: 200...599), body: try member.optionalString("body") ?? "{}")
        case "garbage": self = .garbage
        case "truncated": self = .truncated
        case "packed": self = .packed(try AnswerCoding(member))
        case let other: throw Refusal(code: "", message: "there is no kind \"\(other.prefix(50))\"")
        }
    }

    fileprivate var json: [String: JSONValue] {
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
        case .otherAnswer(let status, let body):
            ["kind": .string("other_answer"), "status": .count(status), "body": .string(body)]
        case .garbage: ["kind": .string("garbage")]
        case .truncated: ["kind": .string("truncated")]
        case .packed(let coding): ["kind": .string("packed"), "coding": .string(coding.rawValue)]
        }
    }
}
