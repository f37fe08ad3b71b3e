import CSystemd
import Glibc

/// Tells systemd how the service is. Does nothing where there is no `NOTIFY_SOCKET`.
public struct ServiceNotifier: Sendable {
    public init() {}

    /// The service has started and takes work.
    public func ready() { notify("READY=1") }

    /// A line of plain words for `systemctl status`.
    public func status(_ words: String) {
        let line = words.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) }
        notify("STATUS=" + String(line.prefix(1_000)))
    }

    /// The service reads its configuration anew; ``ready()`` is to follow.
    public func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        notify("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)")
    }

    /// The service has begun to stop.
    public func stopping() { notify("STOPPING=1") }

    /// What goes on now may take so much longer from now on, whatever the limits that systemd has; to be told anew before
    /// that is over (sd_notify(3)).
    public func extendTimeout(by time: Duration) {
        let (seconds, attoseconds) = time.components
        notify("EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)")
    }

    /// The service is alive; due well within each `watchdogInterval`.
    public func watchdog() { notify("WATCHDOG=1") }

    /// After how long a silence systemd takes the service for dead; nil when it does not watch.
    public var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        guard sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds))
    }

    /// A lost message harms nobody: systemd's own time-outs decide then.
    private func notify(_ state: String) {
        _ = sd_notify(0, state)
    }
}
