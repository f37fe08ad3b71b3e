public import Foundation
import Synchronization

/// What the server's clock showed in its last own answer. Noting it costs next to nothing; the text is only read on
/// request.
public final class ServerClock: Sendable {
    private struct Heard {
        let text: String
        let instant = ContinuousClock.now
        /// Nil until somebody has asked.
        var date: Date??
    }

    private let heard = Mutex<Heard?>(nil)

    public init() {}

    /// - Parameter text: the header `Date` of an answer that is the service's own.
    public func record(_ text: String?) {
        guard let text else { return }
        heard.withLock { $0 = Heard(text: text) }
    }

    /// The date, and how long ago it came; nil if no readable one came.
    public var latest: (date: Date, age: Duration)? {
        heard.withLock { heard in
            guard let last = heard else { return nil }
            let date = last.date ?? HTTPDate.parse(last.text)
            heard?.date = .some(date)
            return date.map { ($0, ContinuousClock.now - last.instant) }
        }
    }
}
