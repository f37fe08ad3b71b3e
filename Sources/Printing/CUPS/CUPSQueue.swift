import Runtime

/// A queue of a print server, with a thread of its own, because all calls of libcups block.
final class CUPSQueue: Sendable {
    let name: String
    /// `host:port`; nil for this machine's default server.
    let server: String?
    let thread = BlockingThread()

    init(name: String, server: String?) {
        self.name = name
        self.server = server
    }

    var device: String { PrinterDevice.cups(queue: name, server: server).description }

    /// Makes a call on the thread; `limit` is more than the call itself may take.
    func call<Value: Sendable>(
        within limit: Duration, isCancellable: Bool = true,
        _ body: @escaping @Sendable () throws(PrintingError) -> Value
    ) async throws(PrintingError) -> Value {
        let outcome: WaitOutcome<Result<Value, PrintingError>> = await thread.run(
            within: limit, isCancellable: isCancellable
        ) {
            do throws(PrintingError) {
                return .success(try body())
            } catch {
                return .failure(error)
            }
        }
        switch outcome {
        case .answered(let result): return try result.get()
        case .late:
            throw PrintingError(.stalled, "\(device) did not answer in \(limit). Check the print server.")
        case .cancelled: throw PrintingError(.cancelled, "Printing to \(device) was given up.")
        }
    }
}
