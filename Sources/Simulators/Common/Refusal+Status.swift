/// Refusals with a status of their own, of simulators of pages that document no error: status and message are made up.
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

    /// - Parameter rules: the status for what breaks a rule of the page
    func status(forRules rules: Int) -> Int {
        switch code {
        case "SchemaViolation": rules
        case Self.notFound.code: 404
        default: code.split(separator: " ").last.flatMap { Int($0) } ?? 500
        }
    }
}
