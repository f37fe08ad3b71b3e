import Foundation
import Gateway
import GatewayAPI
import Journey
import Monitoring
import Outbox
import Sales

extension StatusResource {
    init(_ view: StatusReporter.View, at now: Date) {
        let report = view.report
        self.init()
        version = view.version
        startedAt = view.startedAt
        uptimeSeconds = Int(view.uptime.components.seconds)
        ready = view.isReady
        figuresAt = report.readAt
        registrations = RegistrationFigures(view, at: now)
        prints = PrintFigures(report.figures, at: now)
        services = view.services.map { ServiceResource($0) }
        printers = view.printers.map { PrinterResource($0) }
        database = DatabaseFigures(
            sizeBytes: report.room?.databaseSize, freeBytes: report.room?.free, minimumFreeBytes: view.minimumFreeSpace)
        spool = view.spool.map { SpoolResource($0, report.figures) }
        alarms = report.alarms.map { AlarmResource($0, at: now) }
    }
}

extension RegistrationFigures {
    fileprivate init(_ view: StatusReporter.View, at now: Date) {
        self.init()
        guard let figures = view.report.figures else { return }
        pending = figures.pending - figures.held
        held = figures.held
        rejected = figures.rejected
        oldestPendingID = figures.oldestPending?.id.text
        oldestPendingSeconds = (figures.oldestPending?.receivedAt).map { now.wholeSeconds(since: $0) }
    }
}

extension PrintFigures {
    init(_ figures: OutboxFigures?, at now: Date) {
        self.init()
        guard let figures else { return }
        queued = figures.prints.reduce(0) { $0 + $1.queued }
        byPrinter = figures.prints.map {
            QueueFigures(
                printer: $0.printer, queued: $0.queued, oldestSeconds: now.wholeSeconds(since: $0.oldestRequestedAt))
        }
        oldestSeconds = byPrinter.map(\.oldestSeconds).max()
    }
}

extension ServiceResource {
    fileprivate init(_ service: ServiceView) {
        self.init()
        name = service.name.rawValue
        state = service.account?.condition.rawValue
        since = service.account?.since
        lastErrorCode = service.lastErrorCode
        pending = service.pending
        clockDriftSeconds = Int(service.clockDrift.rounded())
    }
}

extension SpoolResource {
    init(_ spool: SpoolFigures, _ figures: OutboxFigures?) {
        self.init(
            waiting: spool.waiting, stuck: spool.stuck, ignored: spool.ignored,
            rejected: figures.map { figures in
                figures.incidents.filter { $0.code == Alarm.Code.spoolRejected.rawValue }.reduce(0) { $0 + $1.count }
            })
    }
}

extension AlarmResource {
    init(_ alarm: Alarm, at now: Date) {
        self.init()
        code = alarm.code.rawValue
        severity = alarm.code.severity.rawValue
        printer = alarm.printer
        service = alarm.service
        count = alarm.count
        seconds = now.wholeSeconds(since: alarm.since)
        reason = alarm.reason
        since = alarm.since
        text = alarm.text
    }
}

extension Date {
    /// Not below 0: the clock may have been set.
    fileprivate func wholeSeconds(since earlier: Date) -> Int { max(0, Int(timeIntervalSince(earlier))) }
}
