import Logging

/// The alarms that stand, and the one log line at each one's beginning and end.
struct AlarmBook: Sendable {
    private(set) var standing: [Alarm] = []

    /// Takes what is so now, and says what began and what ended. An alarm keeps the time at which it began.
    mutating func update(to now: [Alarm]) -> (began: [Alarm], ended: [Alarm]) {
        let before = standing
        standing = now.map { alarm in
            var alarm = alarm
            if let known = before.first(where: alarm.isSame) { alarm.since = known.since }
            return alarm
        }
        return (
            began: standing.filter { alarm in !before.contains(where: alarm.isSame) },
            ended: before.filter { alarm in !now.contains(where: alarm.isSame) }
        )
    }
}

extension Alarm {
    func logBeginning(to logger: Logger) {
        logger.log(
            level: code.severity == .critical ? .critical : .warning, "needs a hand",
            metadata: metadata.merging([LogKey.alarmText: "\(text)"]) { own, _ in own })
    }

    func logEnd(to logger: Logger) {
        logger.notice("needs no hand any more", metadata: metadata)
    }

    private var metadata: Logger.Metadata {
        var metadata: Logger.Metadata = [LogKey.alarm: "\(code.rawValue)"]
        if let subject { metadata[LogKey.printer] = "\(subject)" }
        return metadata
    }
}
