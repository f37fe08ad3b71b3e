/// In what a slip differs from its sale.
public struct SlipDifferenceResource: WireResource {
    /// `amount`, `date`, `account` or `seen-before`.
    public var check = ""
    public var expected = ""
    public var found = ""

    public init() {}

    public init(check: String, expected: String, found: String) {
        self.check = check
        self.expected = expected
        self.found = found
    }

    public static let fields: [WireField<SlipDifferenceResource>] = [
        .field("check", \.check), .field("expected", \.expected), .field("found", \.found),
    ]
}
