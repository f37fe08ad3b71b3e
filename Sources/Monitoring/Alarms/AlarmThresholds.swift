/// How long something may last before it needs a person's hand. These are not configuration keys: a shop that would
/// raise them would not look at the alarm either.
public struct AlarmThresholds: Sendable {
    /// A sale's own retries are 10 minutes apart at most (``Backoff``): by then a sale that could get through has.
    public var registrationStuck: Duration = .seconds(600)
    /// One probe a minute: the first may find that the account was corrected meanwhile.
    public var accountHeld: Duration = .seconds(60)
    /// Home and shop lines drop for a minute or two, and come back by themselves.
    public var providerDown: Duration = .seconds(300)
    /// Changing a roll takes one minute; after two a customer is waiting without a paper.
    public var printerStuck: Duration = .seconds(120)
    /// No paper takes so long at a working printer: longer than the QR's deadline and a fallback together.
    public var printsWaiting: Duration = .seconds(300)
    /// Files go after everything else, and a file host may be away for hours; a day's end is when somebody wants them.
    public var documentsBehind: Duration = .seconds(86_400)
    /// Longer than the slowest flash holds up one commit.
    public var databaseStalled: Duration = .seconds(30)

    /// Bytes that must be free on the database's disk; with less, sales are refused. From the configuration.
    public var minimumFreeSpace: Int

    public init(minimumFreeSpace: Int = 0) {
        self.minimumFreeSpace = minimumFreeSpace
    }
}
