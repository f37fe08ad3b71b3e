import GatewayAPI
import HummingbirdCore

extension FlatDictionary<Substring, Substring> {
    /// Refuses a parameter that the route does not know, which may be a filter with a slip of the pen, and one that is given
    /// twice.
    func check(known names: [String]) throws {
        for name in map(\.key) {
            guard names.contains(String(name)) else {
                throw ProblemError(
                    .badRequest(
                        "unknown parameter \"\(name.prefix(40))\"; known here: \(names.joined(separator: ", "))"))
            }
            guard self[values: name].count == 1 else {
                throw ProblemError(Problem.badRequest("\(name): expected once, found several"))
            }
        }
    }
}
