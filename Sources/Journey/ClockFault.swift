public import Foundation

/// How the machine's clock is known to be wrong.
public enum ClockFault: Sendable, Equatable {
    /// It shows a time before this version was released.
    case beforeRelease(Date)
    /// The newest sale was received later than it shows now, and no witness confirms it.
    case beforeNewestSale(Date)
    /// The provider's clock is ahead of it by more than a day.
    case behindProvider(TimeInterval)
    /// The provider's clock shows another time; seconds by which it is ahead.
    case differs(TimeInterval)

    /// Whether no sale is taken until it is set right: the sale's date would be wrong, and tills would hear that theirs
    /// are. A difference of less than a day does not stop a shop, nor does a clock that is ahead.
    public var stopsSales: Bool {
        switch self {
        case .beforeRelease, .beforeNewestSale, .behindProvider: true
        case .differs: false
        }
    }
}

extension ClockEvidence {
    /// Nil as long as nothing contradicts the clock.
    public var fault: ClockFault? {
        // A release has a day and no hour. Nothing outweighs it: time does not go back.
        if shown < released - Self.day { return .beforeRelease(released) }
        // NTP counts for more than the provider.
        let ahead = isSynchronised ? nil : providerAhead
        if let ahead, ahead > Self.day { return .behindProvider(ahead) }
        // If a witness confirms it, the clock is right and the sale was dated ahead.
        if let newestSale, shown < newestSale - Self.tolerance.inSeconds, !isBorneOut, !isVouchedFor {
            return .beforeNewestSale(newestSale)
        }
        if let ahead, abs(ahead) > Self.tolerance.inSeconds { return .differs(ahead) }
        return nil
    }
}
