import NIOPosix
import Runtime

/// Work on a disk that may hang, such as a network share: it has threads of its own, so that it holds up nothing else, and
/// nobody waits for it longer than a minute.
public enum SlowDisk {
    private static let limit: Duration = .seconds(60)

    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 2)
        threads.start()
        return threads
    }()

    @TaskLocal static var isUsed = false

    /// Everything of this room that `body` does waits in those threads.
    public static func use<Value: Sendable>(
        _ body: () async throws(HostError) -> Value
    ) async throws(HostError) -> Value {
        let result: Result<Value, HostError> = await $isUsed.withValue(true) {
            do throws(HostError) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The work may go on although nobody waits for it any more.
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(HostError) -> Value
    ) async throws(HostError) -> Value {
        let outcome: WaitOutcome<Result<Value, HostError>> = await Waiter.wait(within: limit) { waiter in
            threads.submit { state in
                guard case .active = state else { return }
                do throws(HostError) {
                    waiter.resume(returning: .success(try body()))
                } catch {
                    waiter.resume(returning: .failure(error))
                }
            }
        }
        switch outcome {
        case .answered(let result): return try result.get()
        case .late: throw HostError(.system, "The disk has not answered for a minute.")
        case .cancelled: throw HostError(.cancelled, "The work was given up.")
        }
    }
}
