import Foundation
import Synchronization

/// Output for a person, or for the next program of a pipe.
enum Terminal {
    /// Why the first failed write to standard output failed: a number of errno(3).
    private static let outputFailure = Mutex<Int32?>(nil)

    /// How long a command waits for the reader of its error messages.
    private static let complaintLimit: Duration = .seconds(5)

    /// A failure is remembered and reported at the end: the command does its work all the same.
    static func print(_ text: String) { write(Data((text + "\n").utf8)) }

    static func write(_ bytes: Data) {
        let code = write(bytes, to: STDOUT_FILENO)
        if code != 0 { outputFailure.withLock { $0 = $0 ?? code } }
    }

    /// Error messages go to standard error, each after the program's name.
    static func error(_ text: String) {
        guard !text.isEmpty else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "kamkap: \($0)\n" }
        aside(lines.joined())
    }

    /// Writes to standard error unchanged. If nobody takes it, there is nobody to inform.
    static func aside(_ text: String) { StandardError.write(text, waiting: complaintLimit) }

    /// Whether somebody can be asked: standard input is a terminal.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

    /// Asks on standard error. Everything but a yes, also the end of the input, is a no.
    static func ask(_ question: String) -> Bool {
        aside("\(question) [y/N] ")
        return ["y", "yes"].contains((readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased())
    }

    /// Whether some of the output is lost.
    static var isOutputLost: Bool { outputFailure.withLock { $0 != nil } }

    /// Whether the reader of the output has gone: the other end of the pipe, socket or terminal is closed.
    static var isReaderGone: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&output, 1, 0) > 0 && output.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
    }

    /// Ends the output; nil if all of it is written. A reader that wanted no more gets no error.
    static func finish() -> CommandExit? {
        // Some file systems report only now that there is no space.
        if close(STDOUT_FILENO) != 0, errno != EBADF { outputFailure.withLock { [code = errno] in $0 = $0 ?? code } }
        guard let code = outputFailure.withLock({ $0 }) else { return nil }
        let message = code == EPIPE ? "" : "the output could not be written: \(String(cString: strerror(code)))"
        return CommandExit(.inputOutput, message)
    }

    /// A number of errno(3), or 0. It waits for a busy reader without limit (it may be a pager), but no longer than the
    /// reader exists.
    private static func write(_ bytes: Data, to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Another program that shares the terminal has made it non-blocking.
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

/// Makes standard input, output and error as a command expects them.
enum StandardStreams {
    /// If the caller closed one of them, the next file to be opened would take its number and be written to. The
    /// replacement refuses writes, so lost output is reported; and a pipe whose reader has gone returns an error
    /// instead of a signal.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        for (descriptor, refusing) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is this one.
            _ = open("/dev/null", refusing)
        }
    }
}
