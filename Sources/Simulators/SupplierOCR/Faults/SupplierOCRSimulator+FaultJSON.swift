/// A fault as the control's JSON writes it: those of ``AnswerFault``, and
///
/// ```
/// {"kind": "results", "text": "null"}
/// {"kind": "status", "word": "chewing"}
/// ```
///
/// Each may have `operation`, `number` and `times` where it is not meant for every call and for good.
extension SupplierOCRSimulator.Fault {
    init(json: JSONValue) throws(Refusal) {
        guard case .object = json else { throw Refusal(code: "", message: "expected an object") }
        let member = Member(json, "")
        let kind: Kind
        switch try member.string("kind") {
        case "results": kind = .results(try member.string("text"))
        case "status": kind = .status(try member.string("word"))
        case let other:
            guard let fault = try AnswerFault(member) else {
                throw Refusal(code: "", message: "there is no kind \"\(other.prefix(50))\"")
            }
            kind = .answer(fault)
        }
        self.init(
            kind, operation: try member.optionalWord("operation"), number: try member.optionalString("number"),
            times: try member.optionalInteger("times", in: 1...1_000_000))
    }

    var json: JSONValue {
        var members: [String: JSONValue] =
            switch kind {
            case .answer(let fault): fault.json
            case .results(let text): ["kind": .string("results"), "text": .string(text)]
            case .status(let word): ["kind": .string("status"), "word": .string(word)]
            }
        members["operation"] = operation.map { .string($0.rawValue) }
        members["number"] = number.map(JSONValue.string)
        members["times"] = times.map(JSONValue.count)
        return .object(members)
    }
}
