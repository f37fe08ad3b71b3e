/// What the configuration says of slips at ScanlyIQ.
public struct ScanlyIQTerms: Sendable, Equatable {
    /// The id or the name of the model that reads; nil for the cheapest that sees.
    public let model: String?
    /// The project to which jobs are counted there.
    public let project: String?
    /// How long a result is asked for.
    public let giveUpAfter: Duration

    public init(model: String? = nil, project: String? = nil, giveUpAfter: Duration = .seconds(600)) {
        self.model = model
        self.project = project
        self.giveUpAfter = giveUpAfter
    }
}
