import GatewayAPI
import HummingbirdCore
import Sales

/// `timeout=10s` of a request that waits.
struct WaitTimeout {
    private static let longest: Duration = .seconds(60)

    let duration: Duration

    init(_ parameters: FlatDictionary<Substring, Substring>, usual: Duration) throws {
        guard let text = parameters["timeout"] else {
            duration = usual
            return
        }
        guard let given = DurationText.parse(String(text)), given <= Self.longest else {
            throw ProblemError(
                .badRequest(
                    "timeout: expected a duration of at most 60s, such as \"10s\", found \"\(text.prefix(40))\""))
        }
        duration = given
    }
}
