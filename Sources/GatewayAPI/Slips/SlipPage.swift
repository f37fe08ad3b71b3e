/// A page of slips, newest first.
public struct SlipPage: WireResource {
    public var slips: [SlipResource] = []
    /// The value of `after` for the next page; nil on the last page.
    public var next: String?

    public init() {}

    public init(slips: [SlipResource], next: String?) {
        self.slips = slips
        self.next = next
    }

    public static let fields: [WireField<SlipPage>] = [.field("slips", \.slips), .field("next", \.next)]
}
