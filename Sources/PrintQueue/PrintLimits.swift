/// How long a print may wait, and for what.
public struct PrintLimits: Sendable {
    /// How long a paper may wait for its link.
    public let qrDeadline: Duration
    /// A print that was not begun by then is failed, not printed the next morning.
    public let maximumAge: Duration
    /// How long a printer that cannot print is left alone before it is asked again.
    public let retryInterval: Duration

    public init(
        qrDeadline: Duration = .seconds(3), maximumAge: Duration = .seconds(1_800),
        retryInterval: Duration = .seconds(2)
    ) {
        self.qrDeadline = qrDeadline
        self.maximumAge = maximumAge
        self.retryInterval = retryInterval
    }
}
