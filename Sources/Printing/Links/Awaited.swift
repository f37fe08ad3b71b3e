import NIOCore
import NIOPosix

/// How a wait ended.
enum Awaited<Value: Sendable>: Sendable {
    case done(Value)
    case late
    case cancelled

    /// Begins something that answers from elsewhere, and waits for the answer.
    ///
    /// If cancellation is ignored the wait goes on to its end, as it must while something is being stored.
    static func value(
        within limit: Duration, mindingCancellation: Bool = true, _ begin: (FirstAnswer<Awaited>) -> Void
    ) async -> Awaited {
        let answer = FirstAnswer<Awaited>()
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(limit)) {
            answer.give(.late)
        }
        defer { timer.cancel() }
        begin(answer)
        guard mindingCancellation else { return await answer.value() }
        return await withTaskCancellationHandler {
            await answer.value()
        } onCancel: {
            answer.give(.cancelled)
        }
    }
}
