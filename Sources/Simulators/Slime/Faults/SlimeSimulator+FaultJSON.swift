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
/// {"kind": "clock_offset", "seconds": -600}
/// ```
///
/// each with `subject`, `transaction_id` and `times` where it is not meant for every call and for good.
extension SlimeSimulator.Fault {
    init(json: JSONValue) throws(Refusal) {
        guard case .object = json else { throw Refusal(code: "", message: "expected an object") }
        let member = Member(json, "")
        let kind: Kind
        switch try member.string("kind") {
        case "slow":
            kind = .slow(.milliseconds(try Self.number(json, "milliseconds", 0...3_600_000)))
        case "unavailable":
            let wait: Duration? =
                json["retry_after"] == nil ? nil : .seconds(try Self.number(json, "retry_after", 0...86_400))
            kind = .unavailable(status: try Self.number(json, "status", 300...599), retryAfter: wait)
        case "lose_answer_before_acting": kind = .loseAnswerBeforeActing
        case "lose_answer_after_acting": kind = .loseAnswerAfterActing
        case "exception":
            kind = .exception(code: try member.string("code"), message: try member.optionalString("message"))
        case "garbage": kind = .garbage
        case "truncated": kind = .truncated
        case "packed":
            guard let coding = Coding(rawValue: try member.string("coding")) else {
                throw .schema("coding", "expected gzip, deflate, unheard-of or bomb")
            }
            kind = .packed(coding)
        case "service_url":
            kind = .serviceURL(json["url"] == .null ? nil : try member.string("url"))
        case "trade_value":
            kind = .tradeValue(json["value"] == .null ? nil : try member.string("value"))
        case "clock_offset":
            kind = .clockOffset(.seconds(try Self.number(json, "seconds", -1_000_000_000...1_000_000_000)))
        case let other:
            throw Refusal(code: "", message: "there is no kind \"\(other.prefix(50))\"")
        }
        self.init(
            kind, subject: try member.optionalString("subject"),
            transactionID: try member.optionalString("transaction_id"),
            times: json["times"] == nil ? nil : try Self.number(json, "times", 1...1_000_000))
    }

    private static func number(
        _ json: JSONValue, _ name: String, _ range: ClosedRange<Int>
    ) throws(Refusal) -> Int {
        guard let number = json[name]?.integer, range.contains(number) else {
            throw .schema(name, "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        switch kind {
        case .slow(let delay):
            members["kind"] = .string("slow")
            members["milliseconds"] = .number(String(Int(delay / .milliseconds(1))))
        case .unavailable(let status, let wait):
            members["kind"] = .string("unavailable")
            members["status"] = .number(String(status))
            members["retry_after"] = wait.map { .number(String(Int(($0 / .seconds(1)).rounded(.up)))) }
        case .loseAnswerBeforeActing: members["kind"] = .string("lose_answer_before_acting")
        case .loseAnswerAfterActing: members["kind"] = .string("lose_answer_after_acting")
        case .exception(let code, let message):
            members["kind"] = .string("exception")
            members["code"] = .string(code)
            members["message"] = message.map(JSONValue.string)
        case .garbage: members["kind"] = .string("garbage")
        case .truncated: members["kind"] = .string("truncated")
        case .packed(let coding):
            members["kind"] = .string("packed")
            members["coding"] = .string(coding.rawValue)
        case .serviceURL(let url):
            members["kind"] = .string("service_url")
            members["url"] = url.map(JSONValue.string) ?? .null
        case .tradeValue(let value):
            members["kind"] = .string("trade_value")
            members["value"] = value.map(JSONValue.string) ?? .null
        case .clockOffset(let offset):
            members["kind"] = .string("clock_offset")
            members["seconds"] = .number(String(Int(offset / .seconds(1))))
        }
        members["subject"] = subject.map(JSONValue.string)
        members["transaction_id"] = transactionID.map(JSONValue.string)
        members["times"] = times.map { .number(String($0)) }
        return .object(members)
    }
}
