import Foundation
import Journey
import Outbox
import Sales

/// When something needs a hand, and the text for it. Pure: a snapshot goes in, alarms come out.
struct AlarmRules: Sendable {
    let thresholds: AlarmThresholds
    let services: [MonitoredService]

    /// In the order in which a person should act on them.
    func alarms(in shop: MonitorSnapshot, at now: Date) -> [Alarm] {
        var alarms = [databaseStalled(shop), diskShort(shop, now), clockWrong(shop, now)]
        if let figures = shop.figures {
            alarms += services.map { accountHeld(figures, $0, now) } + services.map { providerDown(figures, $0, now) }
            alarms.append(registrationStuck(figures, now))
            alarms += figures.prints.map {
                prints($0, at: shop.printers.first { [name = $0.printer] in $0.name == name }, now)
            }
            alarms.append(salesRejected(figures))
            alarms += figures.failedPrints.map(printsFailed)
            alarms += figures.incidents.map(incident)
            alarms.append(documentsBehind(figures, now))
        }
        return (alarms.compactMap(\.self) + shop.reported).sorted { $0.code.severity > $1.code.severity }
    }

    private func databaseStalled(_ shop: MonitorSnapshot) -> Alarm? {
        guard let since = shop.askedDatabaseAt, shop.databaseSilence >= thresholds.databaseStalled else { return nil }
        return Alarm(
            .databaseStalled, since: since,
            "The database has not answered for \(shop.databaseSilence.about): no sale can be taken. Check the disk (dmesg), then restart the gateway; no accepted sale is lost."
        )
    }

    private func diskShort(_ shop: MonitorSnapshot, _ now: Date) -> Alarm? {
        guard let free = shop.room?.free, free < thresholds.minimumFreeSpace else { return nil }
        return Alarm(
            .diskShort, since: now,
            "The disk of the database has \(free.mebibytes) free and needs \(thresholds.minimumFreeSpace.mebibytes) (outbox.min_free_space). Free some space: until then sales are refused."
        )
    }

    private func clockWrong(_ shop: MonitorSnapshot, _ now: Date) -> Alarm? {
        guard let evidence = shop.clock, let fault = evidence.fault else { return nil }
        return fault.alarm(shown: evidence.shown, since: now)
    }

    private func accountHeld(_ figures: OutboxFigures, _ service: MonitoredService, _ now: Date) -> Alarm? {
        let (account, pending) = (figures.account(of: service.name), figures.pending(of: service.name))
        guard account.condition == .held, let since = account.since else { return nil }
        // Nothing but a person brings it back.
        if service.role == .missing || service.role == .missingReader {
            return pending == 0 ? nil : missing(service, owed: pending, since: since)
        }
        guard now - since >= thresholds.accountHeld else { return nil }
        let code = account.failure?.code
        let owed: String
        switch service.role {
        case .registersNewSales: owed = "\(pending.of("sale")) cannot be registered, and receipts have no QR"
        case .registersOldSales: owed = "\(pending.of("sale")) that it took before cannot be registered"
        case .readsSlips: owed = "\(pending.of("payment slip")) cannot be read; sales and papers go on"
        case .readsSupplierInvoices:
            owed = "\(pending.of("supplier invoice")) cannot be read; sales and papers go on"
        case .other: owed = "\(pending.of("job")) \(pending == 1 ? "waits" : "wait")"
        case .missing, .missingReader: return nil
        }
        return Alarm(
            .accountHeld, of: .service(service.name.rawValue), count: pending, reason: code, since: since,
            "\(service.title) has refused the account for \((now - since).about) (\(code ?? "no code")): \(owed). \(service.advice(code)); then \(service.role.work) goes on by itself."
        )
    }

    private func missing(_ service: MonitoredService, owed pending: Int, since: Date) -> Alarm {
        let owed =
            service.role == .missingReader
            ? "\(pending.of("payment slip")) cannot be read: the table [slips] is not in the configuration"
            : "\(pending.of("sale")) that \(service.title) took cannot be registered: its table [\(service.name)] is not in the configuration"
        return Alarm(
            .accountHeld, of: .service(service.name.rawValue), count: pending, reason: "Gateway::ProviderMissing",
            since: since, "\(owed). \(service.advice(nil)).")
    }

    private func providerDown(_ figures: OutboxFigures, _ service: MonitoredService, _ now: Date) -> Alarm? {
        let (account, pending) = (figures.account(of: service.name), figures.pending(of: service.name))
        guard service.role == .registersNewSales || service.role == .registersOldSales, account.condition == .down,
            let since = account.since,
            now - since >= thresholds.providerDown
        else { return nil }
        let papers = service.role == .registersNewSales ? ", and receipts have no QR" : ""
        return Alarm(
            .providerDown, of: .service(service.name.rawValue), count: pending, since: since,
            "\(service.title) has not answered for \((now - since).about): \(pending.of("sale")) cannot be registered\(papers). Check the internet connection of this machine. The sales are sent by themselves once \(service.title) answers."
        )
    }

    private func registrationStuck(_ figures: OutboxFigures, _ now: Date) -> Alarm? {
        guard let oldest = figures.oldestPending, now - oldest.receivedAt >= thresholds.registrationStuck else {
            return nil
        }
        let reason = oldest.errorCode.map { " (last error: \($0))" } ?? ""
        return Alarm(
            .registrationStuck, of: .service(oldest.provider.rawValue), count: figures.pending,
            reason: oldest.errorCode,
            since: oldest.receivedAt,
            "\(figures.pending.of("sale")) \(figures.pending.verb) not registered yet; the oldest, \(oldest.id), came \((now - oldest.receivedAt).about) ago\(reason). Kamkap keeps trying; if this stays, see: kamkap show \(oldest.id)"
        )
    }

    /// A printer that says that it cannot print, or prints that wait although it reports nothing of the kind.
    private func prints(_ queue: OutboxFigures.PrintQueue, at printer: PrinterCondition?, _ now: Date) -> Alarm? {
        let waited = now - queue.oldestRequestedAt
        let count = max(queue.queued, 1)
        let owed = count.of("print")
        if let printer, printer.state == .unable || printer.state == .unreachable {
            guard waited >= thresholds.printerStuck else { return nil }
            // A printer's own sentence may end with a full stop.
            let detail = printer.detail ?? printer.state.rawValue
            let why = detail.hasSuffix(".") ? String(detail.dropLast()) : detail
            return Alarm(
                .printerStuck, of: .printer(queue.printer), count: count, reason: why, since: queue.oldestRequestedAt,
                "\(owed) for \(queue.printer) cannot be printed: \(why). The oldest was asked for \(waited.about) ago. Check the printer; the papers then come out by themselves."
            )
        }
        guard waited >= thresholds.printsWaiting else { return nil }
        return Alarm(
            .printsWaiting, of: .printer(queue.printer), count: count, since: queue.oldestRequestedAt,
            "\(owed) for \(queue.printer) \(count.verb) not out yet, the oldest asked for \(waited.about) ago, though the printer reports no fault. Try: kamkap test-print \(queue.printer). If that hangs, switch the printer off and on."
        )
    }

    private func salesRejected(_ figures: OutboxFigures) -> Alarm? {
        guard let rejected = figures.rejections else { return nil }
        let (sales, invoices) = (rejected.count - rejected.invoices, rejected.invoices)
        var what: [String] = []
        var ways: [String] = []
        if sales > 0 {
            what.append(sales.of("sale"))
            ways.append(
                "To see why a sale is: kamkap sales --registration rejected, then kamkap show ID; to send it again: kamkap retry ID"
            )
        }
        if invoices > 0 {
            let more = invoices > rejected.invoiced.count ? ", …" : ""
            what.append(
                "\(invoices.of("later tax invoice")) (of \(rejected.invoiced.map(\.text).joined(separator: ", "))\(more))"
            )
            ways.append(
                "To see why an invoice is: kamkap tax-invoice ID; to ask for it again: kamkap tax-invoice ID --buyer FILE"
            )
        }
        let title = services.title(of: rejected.provider)
        let last = rejected.errorCode.map { " (the last at \(title): \($0))" } ?? ""
        return Alarm(
            .salesRejected, of: .service(rejected.provider.rawValue), count: rejected.count, reason: rejected.errorCode,
            since: rejected.since,
            "\(what.joined(separator: " and ")) \(rejected.count.verb) rejected\(last): nothing goes on by itself. \(ways.joined(separator: ". ")). To acknowledge: \(Alarm.Code.salesRejected.acknowledging)"
        )
    }

    private func printsFailed(_ prints: OutboxFigures.FailedPrints) -> Alarm {
        let why = prints.reason.map { " (the last: \($0))" } ?? ""
        let sales = prints.sales.map(\.text).joined(separator: ", ") + (prints.count > prints.sales.count ? ", …" : "")
        let documents = "kamkap documents ID --print"
        let command =
            switch prints.documents {
            case 0: "kamkap reprint ID"
            case prints.count: documents
            default: "kamkap reprint ID, of \(prints.documents.of("document")) \(documents)"
            }
        return Alarm(
            .printsFailed, of: .printer(prints.printer), count: prints.count, reason: prints.reason,
            since: prints.since,
            "\(prints.count.of("print")) for \(prints.printer) \(prints.count == 1 ? "has" : "have") failed or may be on no paper\(why): \(sales). To print \(prints.count.them): \(command); to acknowledge: \(Alarm.Code.printsFailed.acknowledging) --printer \(prints.printer)"
        )
    }

    private func documentsBehind(_ figures: OutboxFigures, _ now: Date) -> Alarm? {
        let documents = figures.documents
        guard let oldest = documents.oldestUnarchived, now - oldest >= thresholds.documentsBehind else { return nil }
        let count = documents.unarchived
        return Alarm(
            .documentsBehind, count: count, since: oldest,
            "\(count.of("document")) \(count.verb) not in the archive yet; the oldest has been known for \((now - oldest).about). Kamkap keeps trying. Look for \"documents put off\" in the log; the provider still has each of them."
        )
    }

    /// Nil for a code of another version.
    private func incident(_ incident: Incident) -> Alarm? {
        guard let code = Alarm.Code(rawValue: incident.code), let text = text(of: incident, code) else { return nil }
        let service = code == .totalDiffers ? incident.subject : nil
        return Alarm(
            code, of: service.map { .service($0) } ?? .gateway, count: incident.count,
            reason: incident.reason, since: incident.since, "\(text) To acknowledge: \(code.acknowledging)")
    }

    private func text(of incident: Incident, _ code: Alarm.Code) -> String? {
        switch code {
        case .spoolRejected:
            return
                "\(incident.count.of("file")) of the spool \(incident.count == 1 ? "was" : "were") refused. NAME.problem.json beside each says why: in rejected/, or in failed/ if it came as a supplier's invoice. Mend its cause, and hand it in again."
        case .slipDiffers:
            let last = incident.reason.map { " (the last: \($0))" } ?? ""
            return
                "\(incident.count.of("payment slip")) \(incident.count == 1 ? "differs" : "differ") from what was to be paid, or \(incident.count == 1 ? "was" : "were") seen before\(last). Look at \(incident.count.them), and for the money at the bank: kamkap slips --state differs."
        case .supplierInvoicesFailed:
            let last = incident.reason.map { " (the last: \($0))" } ?? ""
            return
                "\(incident.count.of("supplier invoice")) could not be read\(last). Each lies in failed/ beside its NAME.problem.json, which says why. To see them: kamkap invoices --state failed; to have one read again: kamkap invoices redo NUMBER."
        case .totalDiffers:
            let title = services.title(of: ServiceName(rawValue: incident.subject ?? ""))
            let last = incident.reason.map { " (the last: \($0))" } ?? ""
            return
                "\(title) made \(incident.count.of("document")) with another total than the paper's\(last). Compare both, and set sales.rounding and vat_included to \(title)'s way."
        default: return nil
        }
    }
}

extension MonitoredService.Role {
    /// What goes on by itself once its account is well.
    fileprivate var work: String {
        switch self {
        case .readsSlips, .readsSupplierInvoices, .missingReader: "reading"
        case .registersNewSales, .registersOldSales, .missing, .other: "registration"
        }
    }
}

extension Alarm.Code {
    /// The command to acknowledge it.
    var acknowledging: String { "kamkap status --acknowledge \(rawValue)" }
}

extension Alarm.Severity: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left == .warning && right == .critical }
}

extension Date {
    fileprivate static func - (later: Date, earlier: Date) -> Duration {
        .milliseconds(Int64((later.timeIntervalSince(earlier) * 1_000).rounded()))
    }
}

extension Int {
    /// "1 sale", "3 sales".
    fileprivate func of(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }

    fileprivate var verb: String { self == 1 ? "is" : "are" }

    fileprivate var them: String { self == 1 ? "it" : "them" }

    fileprivate var mebibytes: String { "\(self >> 20) MiB" }
}
