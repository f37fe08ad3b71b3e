/// How many jobs of a service may begin now, and which.
public struct JobLimits: Sendable, Equatable {
    public var all: Int
    /// How many of them may be from anywhere but a till, the backlog included; nil for all.
    public var spool: Int?
    /// How many of them may be from the backlog; nil for all.
    public var backlog: Int?
    /// How many of them may be jobs that wait apart.
    public var apart: Int
    /// How many files of documents may be fetched besides, if no other job that is due has to stay behind.
    public var files = 0
    /// The same for streams of documents.
    public var streams = 0
    /// Whether jobs may begin whose attempt only looks for what an earlier one may have made, at a service that cannot tell a
    /// repeat.
    public var looks = true
    /// Jobs in work.
    public var excluding: Set<Int64>
    /// Ignores waiting customers: a probe of a held account takes the oldest job.
    public var oldestFirst: Bool

    public init(
        all: Int, spool: Int? = nil, backlog: Int? = nil, apart: Int = 1, excluding: Set<Int64> = [],
        oldestFirst: Bool = false
    ) {
        self.all = all
        self.spool = spool
        self.backlog = backlog
        self.apart = apart
        self.excluding = excluding
        self.oldestFirst = oldestFirst
    }
}
