/// Files of tills.
public struct SpoolResource: WireResource {
    /// Taken by themselves: they are being written, or have to wait.
    public var waiting = 0
    /// Not taken until somebody attends to them.
    public var stuck = 0
    /// Not handled by the gateway: other endings, folders, links.
    public var ignored = 0
    /// Refused, and not acknowledged; null until the database has answered for the first time.
    public var rejected: Int?

    public init() {}

    public init(waiting: Int, stuck: Int, ignored: Int, rejected: Int?) {
        self.waiting = waiting
        self.stuck = stuck
        self.ignored = ignored
        self.rejected = rejected
    }

    public static let fields: [WireField<SpoolResource>] = [
        .field("waiting", \.waiting), .field("stuck", \.stuck), .field("ignored", \.ignored),
        .field("rejected", \.rejected),
    ]
}
