import CSystemd
import Glibc

/// Tells systemd the state of the service. Does nothing without `NOTIFY_SOCKET`.
public struct ServiceNotifier: Sendable {
    public init() {}

    /// The service has started and takes work.
    public func ready() { notify("READY=1") }

    /// A line of plain text for `systemctl status`.
    public func status(_ text: String) {
        let line = text.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) }
        notify("STATUS=" + String(line.prefix(1_000)))
    }

    /// The service reads its configuration again; ``ready()`` has to follow.
    public func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        notify("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)")
    }

    /// The service has begun to stop.
    public func stopping() { notify("STOPPING=1") }

    /// From now on the present step may take this much longer, whatever systemd's limits are; to be sent again before
    /// that is over (sd_notify(3)).
    public func extendTimeout(by time: Duration) {
        let (seconds, attoseconds) = time.components
        notify("EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)")
    }

    /// The service is alive; due well within each `watchdogInterval`.
    public func watchdog() { notify("WATCHDOG=1") }

    /// The silence after which systemd considers the service dead; nil if it does not watch.
    public var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        guard sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds))
    }

    /// A lost message does no harm: systemd's own time-outs decide then.
    private func notify(_ state: String) {
        _ = sd_notify(0, state)
    }
}
