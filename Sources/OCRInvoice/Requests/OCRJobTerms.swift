public import Sales

/// What the configuration says of every job.
public struct OCRJobTerms: Sendable, Equatable {
    /// The id of a template at the service.
    public let template: String
    /// The id of a group of jobs there.
    public let group: String?
    public let priority: Priority
    /// Whose invoices these are.
    public let branch: BranchID
    /// What the shop calls the gateway that asks: the service keeps it with the job.
    public let gateway: String

    public enum Priority: String, Sendable, CaseIterable {
        case low, medium, high, urgent
    }

    public init(
        template: String, group: String? = nil, priority: Priority = .medium, branch: BranchID, gateway: String
    ) {
        self.template = template
        self.group = group
        self.priority = priority
        self.branch = branch
        self.gateway = gateway
    }
}
