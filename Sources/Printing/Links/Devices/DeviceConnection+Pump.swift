import Glibc
import Runtime
import Synchronization

/// Everything here happens on the printer's thread.
extension DeviceConnection {
    /// Small, so a close does not wait long behind a slow line.
    private static let pieceSize = 1_024
    /// The pause after a device was silent where it promised data, so it is not asked in a tight loop.
    private static let breath: CInt = 20

    /// Moves bytes both ways until the connection is closed or the device has gone.
    func pump(_ device: consuming DeviceDescriptor) {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return end(PrintingError(.system, "\(path): \(systemReason(errno)).")) }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        let (wakeSignal, ringer) = (ends[0], ends[1])
        state.withLock { state in
            state.wakeSignal = ringer
            state.line = device.isSerial ? device.number : nil
        }
        defer {
            state.withLock { state in
                state.wakeSignal = nil
                state.line = nil
            }
            Glibc.close(ringer)
            Glibc.close(wakeSignal)
        }
        var run = Run(canRead: device.canRead)
        while let piece = nextPiece() {
            if let reason = step(&run, device.number, piece, wakeSignal) {
                end(
                    PrintingError(
                        .connectionLost,
                        "The printer at \(path) went away: \(reason). Look at its cable and power, and at the paper."))
            }
        }
        guard device.isSerial else { return }
        emptyLine(device.number, wasAbandoned: state.withLock { $0.taken < $0.handedOver || $0.end != nil })
    }

    /// How far a connection is with its device.
    private struct Run {
        let canRead: Bool
        var hasEnded = false
        /// The device got the last bytes and has not said that it can take more. A `usblp` write that returned may
        /// still be under way, and a close undoes it.
        var isUnderWay = false
        var mayRead = true
        var mustRest = false
    }

    /// The next bytes for the device; nil if the connection should close.
    private func nextPiece() -> [UInt8]? {
        state.withLock { $0.isClosing ? nil : Array($0.waiting.prefix(Self.pieceSize)) }
    }

    /// One wait and its results; returns why the device has gone, if it has.
    private func step(_ run: inout Run, _ number: CInt, _ piece: [UInt8], _ wakeSignal: CInt) -> String? {
        var events: Int32 = 0
        if !run.mustRest, run.canRead, run.mayRead { events |= POLLIN }
        if !run.mustRest, !piece.isEmpty || run.isUnderWay { events |= POLLOUT }
        var asked = [
            pollfd(fd: wakeSignal, events: Int16(POLLIN), revents: 0),
            // A device that has gone is not polled: it would be reported without end.
            pollfd(fd: run.hasEnded || run.mustRest ? -1 : number, events: Int16(events), revents: 0),
        ]
        let count = poll(&asked, 2, run.mustRest ? Self.breath : -1)
        run.mustRest = false
        guard count >= 0 else { return errno == EINTR ? nil : lose(&run, errno) }
        var rings = [UInt8](repeating: 0, count: 256)
        if asked[0].revents != 0 { _ = Glibc.read(wakeSignal, &rings, rings.count) }
        let said = Int32(asked[1].revents)
        if said & (POLLIN | POLLHUP) != 0, let reason = listen(&run, number, hasHungUp: said & POLLHUP != 0) {
            return reason
        }
        if said & POLLNVAL != 0 { return lose(&run, EBADF) }
        if said & POLLOUT != 0 { return tell(&run, number, piece) }
        if said & POLLERR != 0, said & (POLLIN | POLLOUT) == 0 { return lose(&run, EIO) }
        return nil
    }

    private func listen(_ run: inout Run, _ number: CInt, hasHungUp: Bool) -> String? {
        guard run.canRead, run.mayRead else { return hasHungUp ? lose(&run, ENODEV) : nil }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(number, &bytes, bytes.count)
        if count > 0 {
            inbox.put(bytes[..<count])
            return nil
        }
        if count == 0 {
            // On USB an empty read is normal; on a serial line that was hung up it is the end.
            if hasHungUp { return lose(&run, ENODEV) }
            run.mustRest = true
            return nil
        }
        switch errno {
        case EAGAIN, EINTR: if hasHungUp { return lose(&run, ENODEV) } else { run.mustRest = true }
        case EINVAL where !hasHungUp: run.mayRead = false  // usblp: a printer that only listens.
        default: return lose(&run, errno)
        }
        return nil
    }

    private func tell(_ run: inout Run, _ number: CInt, _ piece: [UInt8]) -> String? {
        if run.isUnderWay {
            run.isUnderWay = false
            tookAll()
        }
        guard !piece.isEmpty else { return nil }
        let count = Glibc.write(number, piece, piece.count)
        if count > 0 {
            run.isUnderWay = true
            state.withLock { state in
                state.waiting.removeFirst(count)
                state.written += count
            }
            return nil
        }
        if count < 0, errno != EAGAIN, errno != EINTR { return lose(&run, errno) }
        run.mustRest = true
        return nil
    }

    /// The device has the written bytes.
    private func tookAll() {
        let taken = state.withLock { state in
            state.taken = state.written
            return state.taken
        }
        writers.resume(returning: .taken) { $0 <= taken }
    }

    private func lose(_ run: inout Run, _ code: CInt) -> String? {
        run.hasEnded = true
        return systemReason(code)
    }

    /// Closing a serial line waits for its queue. A paper that was given up must not come out later; any other paper
    /// gets the time it needs as long as the line moves.
    private func emptyLine(_ number: CInt, wasAbandoned: Bool) {
        var left = wasAbandoned ? 0 : Self.queued(in: number)
        var stillRounds = 0
        while left > 0, stillRounds < 50 {
            poll(nil, 0, Self.breath)
            let now = Self.queued(in: number)
            stillRounds = now < left ? 0 : stillRounds + 1
            left = now
        }
        if wasAbandoned || left > 0 { tcflush(number, TCOFLUSH) }
    }

    /// Bytes that a line has taken and not sent.
    static func queued(in number: CInt) -> CInt {
        var count: CInt = 0
        return ioctl(number, UInt(TIOCOUTQ), &count) == 0 ? count : 0
    }
}
