/// How long a document may take, and what is left of it.
public struct SupplierInvoiceLimits: Sendable, Equatable {
    /// A job without results after so long is given up.
    public let giveUpAfter: Duration
    /// Whether the job is deleted at the service once its results are kept.
    public let deletesRemote: Bool

    public init(giveUpAfter: Duration, deletesRemote: Bool) {
        self.giveUpAfter = giveUpAfter
        self.deletesRemote = deletesRemote
    }

    /// With less than this left, a link is not handed out any more: the service may fetch late.
    static let shortestLink: Duration = .seconds(600)
    /// A link that ends before a document is read is made anew so often, and a job that the service forgot.
    static let mostRepeats = 3

    private static let firstPause: Duration = .seconds(5)
    private static let longestPause: Duration = .seconds(300)

    /// The pause after so many questions without results; nil once the job is given up.
    func pause(after questions: Int) -> Duration? {
        var (pause, waited) = (Self.firstPause, Duration.zero)
        for _ in 0..<questions {
            waited += pause
            if waited >= giveUpAfter { return nil }
            pause = min(pause * 2, Self.longestPause)
        }
        return pause
    }
}
