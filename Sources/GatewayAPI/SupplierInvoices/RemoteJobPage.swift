/// A part of the reading service's own list of jobs.
public struct RemoteJobPage: WireResource {
    public var jobs: [RemoteJobResource] = []
    /// Of the whole list; nil if the service does not say.
    public var total: Int?
    /// The `offset` of the next part; nil after the last.
    public var next: Int?

    public init() {}

    public init(jobs: [RemoteJobResource], total: Int?, next: Int?) {
        self.jobs = jobs
        self.total = total
        self.next = next
    }

    public static let fields: [WireField<RemoteJobPage>] = [
        .field("jobs", \.jobs), .field("total", \.total), .field("next", \.next),
    ]
}

/// A job as the reading service lists it, in its own words.
public struct RemoteJobResource: WireResource {
    public var id = ""
    /// The gateway's own begin with `KK-`.
    public var jobNumber: String?
    public var documentName: String?
    public var status: String?
    public var createdAt: String?
    public var completedAt: String?

    public init() {}

    public static let fields: [WireField<RemoteJobResource>] = [
        .field("id", \.id), .field("job_number", \.jobNumber), .field("document_name", \.documentName),
        .field("status", \.status), .field("created_at", \.createdAt), .field("completed_at", \.completedAt),
    ]
}
