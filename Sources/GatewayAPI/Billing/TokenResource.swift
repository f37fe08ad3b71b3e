/// What became of a request about the key of the provider's account. It never holds the key.
public struct TokenResource: WireResource {
    /// `authorized`, `written` or `revoked`.
    public var outcome = ""
    /// The file that has the token now; null for the others.
    public var path: String?

    public init() {}

    public init(_ outcome: String, path: String? = nil) {
        self.outcome = outcome
        self.path = path
    }

    public static let fields: [WireField<TokenResource>] = [.field("outcome", \.outcome), .field("path", \.path)]
}
