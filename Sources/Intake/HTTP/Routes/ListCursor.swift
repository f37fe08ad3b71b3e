import GatewayAPI
import HummingbirdCore

/// `after=…` of a list: the place behind which it goes on.
struct ListCursor {
    /// Nil from the beginning.
    let after: Int64?

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        after = try parameters["after"].map { text in
            guard let cursor = Self.number(text) else {
                throw ProblemError(Problem.badRequest("after: expected the \"next\" of an earlier answer"))
            }
            return cursor
        }
    }

    /// Above 0, without sign and leading zeros.
    private static func number(_ text: Substring) -> Int64? {
        guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), !text.hasPrefix("0") else {
            return nil
        }
        return Int64(text)
    }
}
