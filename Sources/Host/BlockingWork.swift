import NIOPosix

/// Runs work that may wait for a disk where it holds up no event loop and no task.
enum BlockingWork {
    static func run<Value: Sendable>(
        _ body: @escaping @Sendable () throws(HostError) -> Value
    ) async throws(HostError) -> Value {
        if let use = SlowDisk.current { return try await use.run(body) }
        let result: Result<Value, HostError>
        do {
            result = try await NIOThreadPool.singleton.runIfActive {
                do throws(HostError) {
                    return .success(try body())
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw HostError(.cancelled, "The work was given up before it began.")
        }
        return try result.get()
    }
}
