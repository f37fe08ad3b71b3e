/// Bytes to a printer and back. One task writes and reads at a time.
public protocol PrinterConnection: Sendable {
    /// Hands bytes over; returns when the operating system has taken all of them.
    ///
    /// Throws `stalled` when it has not within `timeout`: the bytes are then still on their way, in order, and must
    /// not be written again; `flush` waits on for them.
    func write(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError)

    /// Waits until all that was written is where this kind of link can answer for it; throws `stalled` when it is not in time.
    func flush(timeout: Duration) async throws(PrintingError)

    /// Waits until the system holds nothing more of what was written, so that a device that is slow has all of it. Throws
    /// `stalled` when for `timeout` no byte of it moves.
    func drain(timeout: Duration) async throws(PrintingError)

    /// Says that nothing more will be written, and waits until the other end has taken all that was; what it says meanwhile
    /// is read. Throws `stalled` when for `timeout` no byte moves, `connectionLost` when the other end broke off: either
    /// way it has not taken everything.
    func finish(timeout: Duration) async throws(PrintingError)

    /// What has come since the last call; waits when there is nothing. `[]` at the time-out, nil at the end of the stream.
    func read(timeout: Duration) async throws(PrintingError) -> [UInt8]?

    /// Ends the connection and whatever reads from it. May be called more than once.
    func close() async
}

extension PrinterConnection {
    public func drain(timeout: Duration) async throws(PrintingError) { try await flush(timeout: timeout) }

    public func finish(timeout: Duration) async throws(PrintingError) { try await drain(timeout: timeout) }
}
