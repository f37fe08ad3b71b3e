/// How many calls are made in a sliding window of time.
public struct CallLimits: Sendable, Equatable {
    public let uploads: Int
    public let others: Int
    public let window: Duration

    /// Below the page's 20 and 60: `kamkap check` makes three calls beside it.
    public static let usual = CallLimits(uploads: 18, others: 54, window: .seconds(60))

    public init(uploads: Int, others: Int, window: Duration) {
        self.uploads = uploads
        self.others = others
        self.window = window
    }

    /// For what nobody waits for, this many places of the other calls have to be left.
    var reserve: Int { others / 5 }
}
