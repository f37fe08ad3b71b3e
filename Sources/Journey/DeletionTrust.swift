public import Foundation

/// Whether anything may be deleted because of its age, by the present clock.
public enum DeletionTrust: Sendable, Equatable {
    /// The time that was judged: deletion is measured by it, not by a clock that is read later.
    case trusted(Date)
    case untrusted(Reason)

    public enum Reason: String, Sendable, CaseIterable {
        case beforeRelease = "the clock shows a time before this version was released"
        case tooSoon = "the clock has gone without a step for less than an hour"
        case notBorneOut = "neither NTP nor the provider's clock bears the machine's clock out"
        case providerDiffers = "the provider's clock shows another day"
        case noSale = "the outbox holds no sale to compare the clock with"
        case newestSaleAhead = "the newest sale is later than the clock shows"
        case newestSaleFarBack = "the newest sale is more than 31 days back"
    }
}

extension ClockEvidence {
    /// NTP services ask at least every 34 minutes (systemd-timesyncd's longest interval, 2,048 s): within an hour a
    /// correction has come.
    public static let steadiness: Duration = .seconds(3_600)
    /// A shop that sells is not without a sale for longer; one that does not sell needs no room.
    static let longestPause: Duration = .seconds(31 * 86_400)

    /// Another clock has to confirm the time to within a day, it has to go steadily, and it has to fit what the outbox
    /// itself holds.
    public var deletion: DeletionTrust {
        if shown < released - Self.day { return .untrusted(.beforeRelease) }
        guard steadyFor >= Self.steadiness else { return .untrusted(.tooSoon) }
        if let ahead = providerAhead, abs(ahead) > Self.day { return .untrusted(.providerDiffers) }
        guard isSynchronised || providerAhead != nil else { return .untrusted(.notBorneOut) }
        guard let newestSale else { return .untrusted(.noSale) }
        if newestSale > shown + Self.tolerance.inSeconds { return .untrusted(.newestSaleAhead) }
        if newestSale < shown - Self.longestPause.inSeconds { return .untrusted(.newestSaleFarBack) }
        return .trusted(shown)
    }
}
