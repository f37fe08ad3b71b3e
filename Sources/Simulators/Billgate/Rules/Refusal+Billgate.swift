/// A refusal as this simulator answers it. The page documents no error: status and body are made up.
extension Refusal {
    private static let accountCode = "account"

    static func account(_ status: Int) -> Refusal {
        let words = [401: "the API key is missing or wrong", 402: "the account has to be paid for"]
        return Refusal(code: "\(accountCode) \(status)", message: words[status] ?? "the account may not use this API")
    }

    static func other(_ status: Int, _ message: String) -> Refusal {
        Refusal(code: "status \(status)", message: message)
    }

    /// Whether a rule of the page or the account is the reason.
    var isOfTheRules: Bool { code == "SchemaViolation" || code.hasPrefix(Self.accountCode) }

    func status(_ leeway: BillgateSimulator.Leeway) -> Int {
        switch code {
        case "SchemaViolation": leeway.refusalStatus
        case Self.notFound.code: 404
        default: code.split(separator: " ").last.flatMap { Int($0) } ?? 500
        }
    }

    /// - Parameter request: to quote; nil for nothing
    func billgateBody(_ status: Int, quoting request: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "status_code": .number(String(status)), "message": .string(message ?? "there is nothing of that id"),
        ]
        members["request"] = request.map(JSONValue.string)
        return .object(members)
    }
}
