/// A sale's tags at its provider.
public struct TagsResource: WireResource {
    public var tags: [String] = []

    public init() {}

    public init(_ tags: [String]) {
        self.tags = tags
    }

    public static let fields: [WireField<TagsResource>] = [.field("tags", \.tags)]
}
