/// A fault as the control's JSON writes it:
///
/// ```
/// {"kind": "slow", "milliseconds": 3000}
/// {"kind": "unavailable", "status": 503, "retry_after": 5}
/// {"kind": "lose_answer_before_acting"}
/// {"kind": "lose_answer_after_acting"}
/// {"kind": "exception", "code": "Fund::InsufficientBalance", "message": "…"}
/// {"kind": "garbage"}
/// {"kind": "truncated"}
/// {"kind": "packed", "coding": "gzip"}       or "deflate", "unheard-of", "bomb"
/// {"kind": "service_url", "url": null}
/// {"kind": "trade_value", "value": "1.00"}
/// {"kind": "location", "url": null}
/// {"kind": "clock_offset", "seconds": -600}
/// ```
///
/// and those of ``FileFault`` for files. Each may have `subject`, `transaction_id`, `document_id` and `times` where it
/// is not meant for every call, or file, and for good.
extension SlimeSimulator.Fault {
    init(json: JSONValue) throws(Refusal) {
        guard case .object = json else { throw Refusal(code: "", message: "expected an object") }
        let member = Member(json, "")
        self.init(
            try Kind(member), subject: try member.optionalString("subject"),
            transactionID: try member.optionalString("transaction_id"),
            documentID: try member.optionalString("document_id"),
            times: try member.optionalInteger("times", in: 1...1_000_000))
    }

    var json: JSONValue {
        var members = kind.json
        members["subject"] = subject.map(JSONValue.string)
        members["transaction_id"] = transactionID.map(JSONValue.string)
        members["document_id"] = documentID.map(JSONValue.string)
        members["times"] = times.map { .number(String($0)) }
        return .object(members)
    }
}

extension SlimeSimulator.Fault.Kind {
    fileprivate init(_ member: Member) throws(Refusal) {
        switch try member.string("kind") {
        case "slow":
            self = .slow(.milliseconds(try member.integer("milliseconds", in: 0...3_600_000)))
        case "unavailable":
            let wait = try member.optionalInteger("retry_after", in: 0...86_400)
            self = .unavailable(
                status: try member.integer("status", in: 300...599), retryAfter: wait.map { .seconds($0) })
        case "lose_answer_before_acting": self = .loseAnswerBeforeActing
        case "lose_answer_after_acting": self = .loseAnswerAfterActing
        case "exception":
            self = .exception(code: try member.string("code"), message: try member.optionalString("message"))
        case "garbage": self = .garbage
        case "truncated": self = .truncated
        case "packed": self = .packed(try AnswerCoding(member))
        case "service_url": self = .serviceURL(try member.stringOrNull("url"))
        case "trade_value": self = .tradeValue(try member.stringOrNull("value"))
        case "location": self = .location(try member.stringOrNull("url"))
        case "clock_offset":
            self = .clockOffset(.seconds(try member.integer("seconds", in: -1_000_000_000...1_000_000_000)))
        case let other:
            guard let fault = try SlimeSimulator.Fault.FileFault(other, member) else {
                throw Refusal(code: "", message: "there is no kind \"\(other.prefix(50))\"")
            }
            self = .file(fault)
        }
    }

    fileprivate var json: [String: JSONValue] {
        switch self {
        case .slow(let delay): ["kind": .string("slow"), "milliseconds": .milliseconds(delay)]
        case .unavailable(let status, let wait):
            ["kind": .string("unavailable"), "status": .number(String(status))].merging(
                wait.map { ["retry_after": .number(String(Int(($0 / .seconds(1)).rounded(.up))))] } ?? [:]
            ) { first, _ in first }
        case .loseAnswerBeforeActing: ["kind": .string("lose_answer_before_acting")]
        case .loseAnswerAfterActing: ["kind": .string("lose_answer_after_acting")]
        case .exception(let code, let message):
            ["kind": .string("exception"), "code": .string(code)].merging(
                message.map { ["message": .string($0)] } ?? [:]
            ) { first, _ in first }
        case .garbage: ["kind": .string("garbage")]
        case .truncated: ["kind": .string("truncated")]
        case .packed(let coding): ["kind": .string("packed"), "coding": .string(coding.rawValue)]
        case .serviceURL(let url): ["kind": .string("service_url"), "url": .stringOrNull(url)]
        case .tradeValue(let value): ["kind": .string("trade_value"), "value": .stringOrNull(value)]
        case .location(let url): ["kind": .string("location"), "url": .stringOrNull(url)]
        case .clockOffset(let offset):
            ["kind": .string("clock_offset"), "seconds": .number(String(Int(offset / .seconds(1))))]
        case .file(let fault): fault.json
        }
    }
}
