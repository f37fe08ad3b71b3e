/// What a call of a simulator was answered with.
public enum CallOutcome: Sendable, Equatable {
    case success(Int)
    /// It broke a rule of the page, or the account is refused.
    case refusal(Int)
    /// A status from a fault, or of HTTP alone.
    case status(Int)
    case garbage
    /// The connection was closed without an answer.
    case lost
    /// The answer was cut short, or has no end.
    case truncated

    /// Its word and its status in JSON.
    var words: (outcome: String, status: Int?) {
        switch self {
        case .success(let status): ("success", status)
        case .refusal(let status): ("refusal", status)
        case .status(let status): ("status", status)
        case .garbage: ("garbage", nil)
        case .lost: ("lost", nil)
        case .truncated: ("truncated", nil)
        }
    }
}
