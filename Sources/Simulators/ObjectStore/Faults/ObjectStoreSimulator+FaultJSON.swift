/// A fault as the control's JSON writes it:
///
/// ```
/// {"kind": "slow", "milliseconds": 3000}
/// {"kind": "unavailable", "status": 502, "retry_after": 5}
/// {"kind": "refusal", "status": 503, "code": "SlowDown", "retry_after": 5}
/// {"kind": "lose_answer_before_acting"}
/// {"kind": "lose_answer_after_acting"}
/// {"kind": "garbage"}
/// {"kind": "truncated"}
/// {"kind": "endless"}
/// {"kind": "packed", "coding": "gzip"}       or "deflate", "unheard-of", "bomb"
/// {"kind": "clock", "seconds": 1200}
/// {"kind": "shown_clock", "seconds": 1200}
/// ```
///
/// Each may have `operation` (put, get, delete) and `times` where it is not meant for every call and for good.
extension ObjectStoreSimulator.Fault {
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

extension ObjectStoreSimulator.Fault.Kind {
    fileprivate init(_ member: Member) throws(Refusal) {
        let wait = try member.optionalInteger("retry_after", in: 0...86_400).map { Duration.seconds($0) }
        switch try member.string("kind") {
        case "slow": self = .slow(.milliseconds(try member.integer("milliseconds", in: 0...3_600_000)))
        case "unavailable":
            self = .unavailable(status: try member.integer("status", in: 300...599), retryAfter: wait)
        case "refusal":
            self = .refusal(
                status: try member.integer("status", in: 300...599), code: try member.string("code", longest: 100),
                retryAfter: wait)
        case "lose_answer_before_acting": self = .loseAnswerBeforeActing
        case "lose_answer_after_acting": self = .loseAnswerAfterActing
        case "garbage": self = .garbage
        case "truncated": self = .truncated
        case "endless": self = .endless
        case "packed": self = .packed(try AnswerCoding(member))
        case "clock": self = .clock(ahead: try Self.offset(member))
        case "shown_clock": self = .shownClock(ahead: try Self.offset(member))
        case let other: throw Refusal(code: "", message: "there is no kind \"\(other.prefix(50))\"")
        }
    }

    private static func offset(_ member: Member) throws(Refusal) -> Duration {
        .seconds(try member.integer("seconds", in: -1_000_000_000...1_000_000_000))
    }

    fileprivate var json: [String: JSONValue] {
        switch self {
        case .slow(let delay): ["kind": .string("slow"), "milliseconds": .milliseconds(delay)]
        case .unavailable(let status, let wait):
            Self.members("unavailable", ["status": .count(status)], wait)
        case .refusal(let status, let code, let wait):
            Self.members("refusal", ["status": .count(status), "code": .string(code)], wait)
        case .loseAnswerBeforeActing: ["kind": .string("lose_answer_before_acting")]
        case .loseAnswerAfterActing: ["kind": .string("lose_answer_after_acting")]
        case .garbage: ["kind": .string("garbage")]
        case .truncated: ["kind": .string("truncated")]
        case .endless: ["kind": .string("endless")]
        case .packed(let coding): ["kind": .string("packed"), "coding": .string(coding.rawValue)]
        case .clock(let ahead): ["kind": .string("clock"), "seconds": .count(Int(ahead / .seconds(1)))]
        case .shownClock(let ahead): ["kind": .string("shown_clock"), "seconds": .count(Int(ahead / .seconds(1)))]
        }
    }

    private static func members(
        _ kind: String, _ members: [String: JSONValue], _ wait: Duration?
    ) -> [String: JSONValue] {
        var members = members
        members["kind"] = .string(kind)
        members["retry_after"] = wait.map { .count(Int(($0 / .seconds(1)).rounded(.up))) }
        return members
    }
}
