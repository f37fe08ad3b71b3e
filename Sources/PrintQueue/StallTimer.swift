import Foundation

/// How long a printer has been unable to print since it got a paper. A moment in which it could print does not restart
/// the count: a cover that is opened and closed, or a sensor that flickers, prints no paper.
struct StallTimer: Sendable {
    private let begin: Date
    /// The sum of the periods that are over.
    private var spent: TimeInterval = 0
    private var unableSince: Date?

    init(from begin: Date) {
        self.begin = begin
    }

    /// Notes the printer's state and its beginning, and returns how long it has been unable in total.
    mutating func update(isUnable: Bool, since: Date, now: Date) -> TimeInterval {
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
