import Foundation

/// How long a printer has been unable to print since it was given a paper. A moment in which it could does not begin the
/// count anew: a cover that is opened and closed, or a sensor that flickers, brings no paper out.
struct StallTimer: Sendable {
    private let begin: Date
    /// Of the times that are over.
    private var spent: TimeInterval = 0
    private var unableSince: Date?

    init(from begin: Date) {
        self.begin = begin
    }

    /// Notes how the printer is, and since when, and gives how long it has been unable in all.
    mutating func note(isUnable: Bool, since: Date, now: Date) -> TimeInterval {
        if isUnable {
            let since = unableSince ?? max(since, begin)
            unableSince = since
            return spent + now.timeIntervalSince(since)
        }
        if let before = unableSince {
            spent += max(since.timeIntervalSince(before), 0)
            unableSince = nil
        }
        return spent
    }
}
