public import Foundation
import Synchronization

/// The far end of a character device: what is written there comes out here, and the other way round.
///
/// The device stands at a path of the test's own, so that it can be pulled out and put back.
public final class PseudoTerminal: Sendable {
    public struct Failure: Error {
        public let what: String
        public let code: Int32
    }

    /// Our end.
    public let far: Int32
    private let isUnplugged = Mutex(false)
    /// Kept open so that the device outlives whoever opens and closes it.
    private let near: Mutex<Int32?>
    private let link: URL
    private let path: String

    public init(at link: URL) throws {
        self.link = link
        far = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number) = (CInt(0), CInt(0))
        // TIOCSPTLCK and TIOCGPTN, which are grantpt and ptsname on Linux.
        guard far >= 0, ioctl(far, 0x4004_5431, &lock) == 0, ioctl(far, 0x8004_5430, &number) == 0 else {
            throw Failure(what: "/dev/ptmx", code: errno)
        }
        path = "/dev/pts/\(number)"
        let near = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        self.near = Mutex(near)
        guard near >= 0 else { throw Failure(what: path, code: errno) }
        var line = termios()
        guard tcgetattr(near, &line) == 0 else { throw Failure(what: "tcgetattr", code: errno) }
        cfmakeraw(&line)
        guard tcsetattr(near, TCSANOW, &line) == 0 else { throw Failure(what: "tcsetattr", code: errno) }
        try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: path)
    }

    deinit {
        pullOut()
        unplug()
    }

    /// How the line is set up by whoever has opened it.
    public var settings: termios {
        var line = termios()
        tcgetattr(far, &line)
        return line
    }

    /// The path is gone; with `far` closed too the device is.
    public func pullOut() {
        let isOurs = (try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)) == path
        if isOurs { try? FileManager.default.removeItem(at: link) }
        let near = near.withLock { near in
            defer { near = nil }
            return near
        }
        if let near { close(near) }
    }

    /// Closes our end; nothing may use it any more.
    public func unplug() {
        let isFirst = isUnplugged.withLock { isUnplugged in
            defer { isUnplugged = true }
            return !isUnplugged
        }
        if isFirst { close(far) }
    }

    /// Waits until so many bytes have come, for a minute at most.
    public func hear(_ count: Int) async -> [UInt8] {
        await aside { [self] in
            var heard: [UInt8] = []
            while heard.count < count, let more = next(atMost: count - heard.count) { heard += more }
            return heard
        }
    }

    /// Waits until this byte has come; says how many came before it.
    public func hear(until last: UInt8) async -> Int {
        await aside { [self] in
            var count = 0
            while let more = next(atMost: 4_096) {
                if let index = more.firstIndex(of: last) { return count + index }
                count += more.count
            }
            return .max
        }
    }

    /// On a thread of its own: the few that all tests share are not to be held.
    private func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }

    private func next(atMost count: Int) -> [UInt8]? {
        var asked = pollfd(fd: far, events: Int16(POLLIN), revents: 0)
        guard poll(&asked, 1, 60_000) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = read(far, &bytes, count)
        return got > 0 ? Array(bytes[..<got]) : nil
    }

    public func say(_ bytes: [UInt8]) {
        _ = write(far, bytes, bytes.count)
    }
}
