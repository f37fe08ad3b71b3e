public import Foundation
public import Journey

// What tills, the log and staff read about a wrong clock.
extension ClockFault {
    /// In one word, for the alarm's reason.
    var name: String {
        switch self {
        case .beforeRelease: "before-release"
        case .beforeNewestSale: "before-newest-sale"
        case .behindProvider: "behind-provider"
        case .differs: "differs-from-provider"
        }
    }

    /// What is wrong, without a full stop.
    func sentence(shown: Date) -> String {
        switch self {
        case .beforeRelease(let day):
            "this machine's clock is wrong: it shows \(Self.time(shown)), and this program was released on \(Self.time(day).prefix(10))"
        case .beforeNewestSale(let sale):
            "this machine's clock is wrong, or was: it shows \(Self.time(shown)), and the newest sale was received at \(Self.time(sale))"
        case .behindProvider(let ahead):
            "this machine's clock is wrong: it shows \(Self.time(shown)), \(Duration.seconds(ahead).about) less than the provider's"
        case .differs(let ahead):
            "this machine's clock shows \(Self.time(shown)), \(Duration.seconds(abs(ahead)).about) \(ahead > 0 ? "less" : "more") than the provider's"
        }
    }

    /// For a till, whose sale is valid.
    public func refusal(shown: Date) -> String {
        sentence(shown: shown) + "; the sale can be posted again as it is once the clock is right"
    }

    func alarm(shown: Date, since: Date) -> Alarm {
        let remedy =
            switch self {
            case .beforeNewestSale:
                "No sale is taken, and spool files wait. Set the clock (timedatectl); if it is right now and was ahead before, acknowledge this: \(Alarm.Code.clockWrong.acknowledging)."
            case .beforeRelease, .behindProvider:
                "No sale is taken, and spool files wait, until the clock is set (timedatectl)."
            case .differs:
                "Sales go on, dated by it. Set the clock (timedatectl), and let NTP keep it."
            }
        let what = sentence(shown: shown)
        return Alarm(
            .clockWrong, reason: name, since: since, "\(what.prefix(1).uppercased())\(what.dropFirst()). \(remedy)")
    }

    private static func time(_ date: Date) -> String { date.formatted(.iso8601) }
}
