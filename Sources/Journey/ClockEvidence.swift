public import Foundation

/// The evidence for and against the machine's clock at one moment. Pure: ``fault`` says whether it is known to be
/// wrong, ``deletion`` whether anything may be deleted by it.
public struct ClockEvidence: Sendable, Equatable {
    /// The provider's clock.
    public struct ProviderTime: Sendable, Equatable {
        /// What it showed, by the `Date` of an answer of its own.
        public let date: Date
        /// How much time has elapsed since.
        public let age: Duration

        public init(date: Date, age: Duration) {
            self.date = date
            self.age = age
        }
    }

    /// What the machine's clock shows.
    public var shown: Date
    /// For how long it has gone as elapsed time does, in this run: nobody has set it.
    public var steadyFor: Duration
    /// Whether NTP keeps it, as the kernel reports.
    public var isSynchronised: Bool
    /// Nil if the provider has not answered, or is a simulator on this very machine.
    public var provider: ProviderTime?
    /// When the newest sale of the outbox was received, as the clock showed it then.
    public var newestSale: Date?
    /// The day on which this version was released: the present is later.
    public var released: Date
    /// Whether staff have said that the clock is right although the newest sale is later.
    public var isVouchedFor = false

    public init(
        shown: Date, steadyFor: Duration = .zero, isSynchronised: Bool = false, provider: ProviderTime? = nil,
        newestSale: Date? = nil, released: Date = .distantPast
    ) {
        self.shown = shown
        self.steadyFor = steadyFor
        self.isSynchronised = isSynchronised
        self.provider = provider
        self.newestSale = newestSale
        self.released = released
    }

    /// A clock may be put back, or differ from another, by this much without consequence: more than NTP corrects in a
    /// clock that it keeps, more than a season's drift of a clock that nobody keeps (2 s a day), less than anything
    /// that matters to a paper.
    public static let tolerance: Duration = .seconds(300)
    static let day: TimeInterval = 86_400

    /// Seconds by which the provider's clock is ahead of this machine's now; nil if it is not known, or is a day old.
    public var providerAhead: TimeInterval? {
        guard let provider, provider.age.inSeconds <= Self.day else { return nil }
        return (provider.date + provider.age.inSeconds).timeIntervalSince(shown)
    }

    /// Whether a witness confirms what the clock shows, to some minutes.
    public var isBorneOut: Bool {
        isSynchronised || abs(providerAhead ?? .infinity) <= Self.tolerance.inSeconds
    }

    /// The latest time that it may be now, by everything known here: a sale dated later was not settled yet.
    public var latest: Date { isBorneOut ? shown : max(shown, newestSale ?? shown) }
}
