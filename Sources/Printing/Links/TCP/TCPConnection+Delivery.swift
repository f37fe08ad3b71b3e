extension TCPConnection {
    /// How long it is until the system is asked again, at first and at most.
    private static let looks = (first: Duration.milliseconds(2), last: Duration.milliseconds(50))

    func drain(timeout: Duration) async throws(PrintingError) {
        // What the channel has not handed to the system is not in its queue. A closed channel has nothing.
        if !inbox.hasEnded { try await flush(timeout: timeout) }
        try await untilDelivered(timeout: timeout)
    }

    /// The end of our stream is acknowledged like a byte: when it is, so is all before it. A printer that then hangs up
    /// has read up to it; one that had read less would reset the connection (RFC 9293, section 3.6.1). One that hangs up before
    /// that end has broken off, so it is given a moment to.
    func finish(timeout: Duration) async throws(PrintingError) {
        try await drain(timeout: timeout)
        await untilFarewell()
        guard !inbox.hasEnded else { throw brokenOff }
        socket.endWriting()
        try await untilDelivered(timeout: timeout)
        await untilFarewell()
        guard !inbox.isBroken, socket.delivery() == .arrived else { throw brokenOff }
    }

    private func untilDelivered(timeout: Duration) async throws(PrintingError) {
        var least = Int.max
        var deadline = ContinuousClock.now + timeout
        var pause = Self.looks.first
        while true {
            guard !inbox.isBroken else { throw brokenOff }
            switch socket.delivery() {
            case .arrived: return
            case .broken: throw brokenOff
            case .held(let left):
                let now = ContinuousClock.now
                if left < least {
                    (least, deadline) = (left, now + timeout)
                } else if now >= deadline {
                    throw PrintingError(
                        .stalled, "\(device) has not taken \(left) of the bytes that were sent, for \(timeout).")
                }
            }
            do {
                try await Task.sleep(for: pause)
            } catch {
                throw PrintingError(.cancelled, "Sending to \(device) was given up.", underlying: error)
            }
            pause = min(pause * 2, Self.looks.last)
        }
    }

    private var brokenOff: PrintingError {
        PrintingError(.connectionLost, "\(device) broke the connection before it had taken everything.")
    }
}
