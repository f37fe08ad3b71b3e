import Logging
import Runtime

/// The present alarms, and which of them somebody has seen.
struct AlarmRegistry: Sendable {
    private(set) var standing: [Alarm] = []
    /// Acknowledged, and still present: they are raised again only for another reason, or after they have ended once.
    private var acknowledged: [Alarm] = []

    /// Takes the present state, and returns the raised and the cleared alarms. An alarm keeps the time at which it
    /// began.
    mutating func update(to now: [Alarm]) -> (raised: [Alarm], cleared: [Alarm]) {
        let before = standing
        acknowledged.removeAll { alarm in
            !now.contains { alarm.isSame(as: $0) && alarm.reason == $0.reason }
        }
        standing = now.filter { alarm in !acknowledged.contains(where: alarm.isSame) }.map { alarm in
            var alarm = alarm
            if let known = before.first(where: alarm.isSame) { alarm.since = known.since }
            return alarm
        }
        return (
            raised: standing.filter { alarm in !before.contains(where: alarm.isSame) },
            cleared: before.filter { alarm in !standing.contains(where: alarm.isSame) }
        )
    }

    /// Somebody has seen the present alarms: they are raised again only for another cause.
    ///
    /// - Parameter printer: nil for all of them.
    mutating func acknowledge(_ code: Alarm.Code, of printer: String?) {
        acknowledged += standing.filter { $0.code == code && (printer == nil || $0.printer == printer) }
    }
}

extension Alarm {
    func logRaised(to logger: Logger) {
        logger.log(
            level: code.severity == .critical ? .critical : .warning, "alarm raised",
            metadata: metadata.merging([LogKey.alarmText: "\(text)"]) { own, _ in own })
    }

    func logCleared(to logger: Logger) {
        logger.notice("alarm cleared", metadata: metadata)
    }

    private var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [LogKey.alarm: "\(code.rawValue)"]
        if let printer { metadata[LogKey.printer] = "\(printer)" }
        if let service { metadata[LogKey.service] = "\(service)" }
        return metadata
    }
}
