/// Bytes to a printer and back. One task writes and reads at a time.
public protocol PrinterConnection: Sendable {
    /// Writes bytes; returns when the operating system has taken all of them.
    ///
    /// Throws `stalled` if it has not within `timeout`: the bytes are then still on their way, in order, and must not
    /// be written again; `flush` waits on for them.
    func write(_ bytes: [UInt8], timeout: Duration) async throws(PrintingError)

    /// Waits until everything written is as far as this kind of link can confirm; throws `stalled` if it is not in
    /// time.
    func flush(timeout: Duration) async throws(PrintingError)

    /// Waits until the system holds nothing more of what was written, so a slow device has all of it. Throws `stalled`
    /// if no byte of it moves for `timeout`.
    func drain(timeout: Duration) async throws(PrintingError)

    /// Ends our side, and waits until the other end has taken everything; reads what it says meanwhile. Throws
    /// `stalled` if no byte moves for `timeout`, `connectionLost` if the other end broke off: in both cases it has not
    /// taken everything.
    func finish(timeout: Duration) async throws(PrintingError)

    /// The bytes since the last call; waits if there are none. `[]` at the time-out, nil at the end of the stream.
    func read(timeout: Duration) async throws(PrintingError) -> [UInt8]?

    /// Ends the connection and any read from it. May be called more than once.
    func close() async
}

extension PrinterConnection {
    public func drain(timeout: Duration) async throws(PrintingError) { try await flush(timeout: timeout) }

    public func finish(timeout: Duration) async throws(PrintingError) { try await drain(timeout: timeout) }
}
