public import Sales

/// A job as its service sees it.
public struct OwedJob: Sendable, Equatable {
    public let kind: JobKind
    /// Its unique name among jobs of its kind: for a registration the transaction id.
    public let key: String
    public let request: ServiceRequest
    /// Whether an earlier attempt may have made the service act.
    public let mayHaveActed: Bool
    /// How the search stands for what an earlier attempt may have made; for the second step, for what was made.
    public let search: JobSearch
    /// The service's own name for the result; nil while it has given none.
    public let remoteID: String?

    public init(
        kind: JobKind = .registration, key: String, request: ServiceRequest, mayHaveActed: Bool = false,
        search: JobSearch = JobSearch(), remoteID: String? = nil
    ) {
        self.kind = kind
        self.key = key
        self.request = request
        self.mayHaveActed = mayHaveActed
        self.search = search
        self.remoteID = remoteID
    }
}
