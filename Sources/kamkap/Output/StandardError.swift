import Foundation
import Synchronization

/// Lines to standard error, whose reader may have stalled: a log that nobody reads holds up no sale.
enum StandardError {
    private struct State {
        /// Lines dropped since the last one that was written.
        var dropped = 0
        /// A line broke off in its middle.
        var isCut = false
    }

    private static let state = Mutex(State())

    /// When poll(2) says that a pipe can be written to, it takes this much without waiting (PIPE_BUF, pipe(7)), even in
    /// blocking mode.
    private static let piece = 4_096

    /// Writes `text`, or drops it if nobody takes it in time. While the reader stalls, only the first line waits.
    static func write(_ text: String, waiting limit: Duration) {
        state.withLock { state in
            let waitLimit: Duration = state.dropped > 0 ? .zero : limit
            var message = text
            if state.dropped > 0 {
                message =
                    "\(state.isCut ? "\n" : "")kamkap: lines were lost here, because nobody read them: \(state.dropped)\n"
                    + text
            }
            let bytes = Array(message.utf8)
            let taken = send(bytes, until: ContinuousClock.now + waitLimit)
            guard taken < bytes.count else {
                state = State()
                return
            }
            state.dropped += 1
            if taken > 0 { state.isCut = true }
        }
    }

    /// How many bytes were written.
    private static func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Int {
        var taken = 0
        while taken < bytes.count {
            var output = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
            let rest = max((deadline - ContinuousClock.now) / .milliseconds(1), 0)
            let answer = poll(&output, 1, Int32(rest.rounded(.up)))
            if answer < 0, errno == EINTR { continue }
            // The time is over, or the other end is gone.
            guard answer > 0, output.revents & Int16(POLLOUT) != 0 else { return taken }
            let end = min(taken + piece, bytes.count)
            let count = bytes[taken..<end].withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count > 0 {
                taken += count
            } else if count == 0 || ![EAGAIN, EINTR].contains(errno) || ContinuousClock.now >= deadline {
                return taken
            }
        }
        return taken
    }
}
