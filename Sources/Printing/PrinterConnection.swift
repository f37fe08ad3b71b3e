/// Bytes to a printer and back. One task writes and reads at a time.
public protocol PrinterConnection: Sendable {
    /// Hands bytes over; returns when the operating system has taken all of them.
    ///
    /// Throws `stalled` when it has not within `timeout`: the bytes are then still on their way, in order, and must
    /// not be written again; `flush` waits on for them.
    func write(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError)

    /// Waits until all that was written is where this kind of link can answer for it; throws `stalled` when it is not in time.
    func flush(timeout: Duration) async throws(PrintingError)

    /// What has come since the last call; waits when there is nothing. `[]` at the time-out, nil at the end of the stream.
    func read(timeout: Duration) async throws(PrintingError) -> [UInt8]?

    /// Ends the connection and whatever reads from it. May be called more than once.
    func close() async
}
