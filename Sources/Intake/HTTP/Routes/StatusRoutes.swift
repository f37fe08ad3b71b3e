import Foundation
import Gateway
import GatewayAPI
import HTTPTypes
import Hummingbird
import Journey
import Monitoring
import Outbox
import Sales

/// `/v1/status`: how everything is.
struct StatusRoutes: Sendable {
    let status: StatusReporter

    func add(to router: Router<GatewayRequestContext>) {
        router.get("v1/status") { _, _ in Response.json(StatusResource(await status.status(), at: Date()).json) }
    }
}

extension StatusResource {
    init(_ view: StatusReporter.View, at now: Date) {
        let report = view.report
        self.init()
        version = view.version
        startedAt = view.startedAt
        uptimeSeconds = Int(view.uptime.components.seconds)
        ready = view.isReady
        figuresAt = report.readAt
        registrations = RegistrationFigures(report.figures, at: now)
        prints = PrintFigures(report.figures, at: now)
        slime = SlimeFigures(report.figures, clockDrift: view.clockDrift)
        printers = view.printers.map { PrinterResource($0) }
        database = DatabaseFigures(
            sizeBytes: report.room?.databaseSize, freeBytes: report.room?.free, minimumFreeBytes: view.minimumFreeSpace)
        spool = view.spool.map { SpoolResource($0, report.figures) }
        alarms = report.alarms.map { AlarmResource($0, at: now) }
    }
}

extension RegistrationFigures {
    init(_ figures: OutboxFigures?, at now: Date) {
        self.init()
        guard let figures else { return }
        let isHeld = figures.account(of: .slime).condition == .held
        pending = isHeld ? 0 : figures.pending
        held = isHeld ? figures.pending : 0
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

extension SlimeFigures {
    init(_ figures: OutboxFigures?, clockDrift: TimeInterval) {
        self.init()
        state = figures?.account(of: .slime).condition.rawValue
        since = figures?.account(of: .slime).since
        lastErrorCode = figures?.account(of: .slime).failure?.code ?? figures?.oldestPending?.errorCode
        clockDriftSeconds = Int(clockDrift.rounded())
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
