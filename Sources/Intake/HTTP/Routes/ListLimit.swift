import GatewayAPI
import HummingbirdCore

/// `limit=50` of a list.
struct ListLimit {
    private static let accepted = 1...500
    private static let usual = 50

    let count: Int

    init(_ parameters: FlatDictionary<Substring, Substring>) throws {
        guard let text = parameters["limit"] else {
            count = Self.usual
            return
        }
        guard text.allSatisfy(\.isNumber), text.first != "0", let count = Int(text), Self.accepted.contains(count)
        else {
            throw ProblemError(.badRequest("limit: expected a number from 1 to 500, found \"\(text.prefix(40))\""))
        }
        self.count = count
    }
}
