import Foundation
import Synchronization

/// What a person, or the next program of a pipe, reads.
enum Terminal {
    /// Why the first write to standard output that failed did: a number of errno(3).
    private static let outputFailure = Mutex<Int32?>(nil)

    /// For as long a command waits for whoever reads its complaints.
    private static let complaintLimit: Duration = .seconds(5)

    /// A failure is remembered, and told at the end: what a command does is done all the same.
    static func print(_ text: String) { write(Data((text + "\n").utf8)) }

    static func write(_ bytes: Data) {
        let code = write(bytes, to: STDOUT_FILENO)
        if code != 0 { outputFailure.withLock { $0 = $0 ?? code } }
    }

    /// Complaints go to standard error, each with the program's name before it.
    static func error(_ text: String) {
        guard !text.isEmpty else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "kamkap: \($0)\n" }
        aside(lines.joined())
    }

    /// To standard error as it stands. Where nobody takes it, there is nobody to tell.
    static func aside(_ text: String) { StandardError.write(text, waiting: complaintLimit) }

    /// Whether some of the output is lost.
    static var isOutputLost: Bool { outputFailure.withLock { $0 != nil } }

    /// Whether whoever read the output has gone: the pipe, socket or terminal has no other end any more.
    static var isReaderGone: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&output, 1, 0) > 0 && output.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
    }

    /// Ends the output; nil where all of it is written. A reader that wanted no more is told nothing.
    static func finish() -> CommandExit? {
        // Some file systems say only now that there is no room.
        if close(STDOUT_FILENO) != 0, errno != EBADF { outputFailure.withLock { [code = errno] in $0 = $0 ?? code } }
        guard let code = outputFailure.withLock({ $0 }) else { return nil }
        let words = code == EPIPE ? "" : "the output could not be written: \(String(cString: strerror(code)))"
        return CommandExit(.inputOutput, words)
    }

    /// A number of errno(3), or 0. However long the reader is busy is waited for (it may be a pager), but no longer than it
    /// is there.
    private static func write(_ bytes: Data, to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Somebody who shares the terminal has made it so that writes do not wait.
                var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if poll(&output, 1, 1_000) > 0, output.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 {
                    return EPIPE
                }
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}

/// Standard input, output and error, as a command expects them.
enum StandardStreams {
    /// Where one was closed by whoever started the command, the next file that is opened would take its place, and be
    /// written to. What is put there instead refuses, so that lost output is told of; and a pipe whose reader has gone
    /// gives an error, not a signal.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        for (descriptor, refusing) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest number that is free is this one.
            _ = open("/dev/null", refusing)
        }
    }
}
