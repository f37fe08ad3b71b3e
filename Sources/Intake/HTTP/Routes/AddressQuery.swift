import GatewayAPI
import HummingbirdCore

/// `post_code=10110` or `q=คลองเตย`, and `limit=50`.
struct AddressQuery {
    enum Subject {
        case postCode(String)
        case text(String)
    }

    private static let known = ["limit", "post_code", "q"]
    /// Unicode scalars. The longest address has half of it.
    private static let longestText = 200

    let subject: Subject
    let limit: Int

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        try parameters.check(known: Self.known)
        limit = try ListLimit(parameters).count
        switch (parameters["post_code"], parameters["q"]) {
        case (let code?, nil):
            guard code.utf8.count == 5, code.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else {
                throw ProblemError(.badRequest("post_code: expected five digits, found \"\(code.prefix(40))\""))
            }
            subject = .postCode(String(code))
        case (nil, let text?):
            guard (1...Self.longestText).contains(text.unicodeScalars.count) else {
                throw ProblemError(
                    .badRequest(
                        "q: expected names of 1 to \(Self.longestText) characters, found \(text.unicodeScalars.count)"))
            }
            subject = .text(String(text))
        case (nil, nil):
            throw ProblemError(
                .badRequest("expected post_code, such as post_code=10110, or q, such as q=Khlong%20Toei"))
        default:
            throw ProblemError(Problem.badRequest("expected post_code or q, found both"))
        }
    }
}
