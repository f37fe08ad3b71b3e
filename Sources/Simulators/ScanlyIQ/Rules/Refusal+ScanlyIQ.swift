/// A refusal as this simulator answers it. The page has the statuses, and no body.
extension Refusal {
    private static let prefix = "scanlyiq "

    static func status(_ status: Int, _ message: String) -> Refusal {
        Refusal(code: "\(prefix)\(status)", message: message)
    }

    static func badRequest(_ message: String) -> Refusal { status(400, message) }

    /// What a reader of members throws is a bad request as well.
    var scanlyIQStatus: Int { code.hasPrefix(Self.prefix) ? Int(code.dropFirst(Self.prefix.count)) ?? 500 : 400 }

    var scanlyIQBody: JSONValue { .object(["error": .string(message ?? code)]) }
}
