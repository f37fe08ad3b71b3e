import NIOCore
import NIOPosix

/// How a wait ended.
enum Awaited<Value: Sendable>: Sendable {
    case done(Value)
    case late
    case cancelled

    /// Begins something that gives its answer from elsewhere, and waits for it.
    ///
    /// Where cancellation is not minded the wait goes on to its end, as it must while something is being put away.
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
