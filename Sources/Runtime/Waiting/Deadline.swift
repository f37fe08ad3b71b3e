import Dispatch

/// Calls back once after some time, unless it is cancelled or released first. It counts by a clock that nobody sets,
/// and the cancellation of a task does not end it, as it would end a sleep.
struct Deadline {
    /// A thread of its own, because all threads of the global queues may be busy.
    private static let queue = DispatchQueue(label: "kamkap.deadlines", qos: .userInitiated)

    private let timer: any DispatchSourceTimer

    init(after limit: Duration, _ pass: @escaping @Sendable () -> Void) {
        timer = DispatchSource.makeTimerSource(flags: .strict, queue: Self.queue)
        let (seconds, attoseconds) = limit.components
        // A year is as good as for ever, and fits.
        let nanoseconds = min(max(seconds, 0), 31_536_000) * 1_000_000_000 + max(attoseconds, 0) / 1_000_000_000
        timer.schedule(deadline: .now() + .nanoseconds(Int(nanoseconds)), leeway: .nanoseconds(0))
        timer.setEventHandler(handler: pass)
        timer.resume()
    }

    func cancel() {
        timer.cancel()
    }
}
