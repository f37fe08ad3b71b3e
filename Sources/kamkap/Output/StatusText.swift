import Foundation
import Gateway
import GatewayAPI
import Monitoring

extension StatusResource {
    /// Whether nothing needs a person's hand.
    var isWell: Bool { ready && alarms.isEmpty }
}

/// The state of everything on one screen: first what needs a hand, then a line for each part.
struct StatusText {
    let status: StatusResource
    var isStyled = false

    func text() -> String {
        let width = 15
        let table = lines.map { $0.0.padded(to: width) + SaleText.plain($0.1) }
        return ([verdict, ""] + table).joined(separator: "\n")
    }

    private var verdict: String {
        var things = status.alarms.map { SaleText.plain($0.text) }
        if !status.ready {
            things.insert("Sales are not taken: the database has failed. See: journalctl -u kamkap", at: 0)
        }
        guard !things.isEmpty else {
            if let down = status.services.first(where: { $0.state == "down" }) {
                return styled(
                    "Nothing needs a hand yet. The service \(down.name) is down: sales and paper go on without it.",
                    .bad)
            }
            if let held = status.services.first(where: { $0.state == "held" }) {
                if held.lastErrorCode == "Gateway::ProviderMissing" {
                    return styled(
                        "Sales are owed to \(held.name), whose table is not in the configuration: they wait.", .bad)
                }
                return styled(
                    "The service \(held.name) refuses the account: sales and paper go on without it.", .bad)
            }
            return styled("All is well.", .good)
        }
        let count = things.count == 1 ? "1 thing needs a hand:" : "\(things.count) things need a hand:"
        return ([styled(count, .bad)] + things.map { "- \($0)" }).joined(separator: "\n")
    }

    private func styled(_ text: String, _ style: Style) -> String { isStyled ? style.apply(text) : text }

    private var lines: [(String, String)] {
        [("registrations", registrations)] + services + printers + spool
            + [("disk", disk), ("gateway", "\(status.version), up for \(Self.age(status.uptimeSeconds))")]
    }

    private var registrations: String {
        let figures = status.registrations
        guard let pending = figures.pending, let held = figures.held, let rejected = figures.rejected else {
            return "not known: the database has not answered yet"
        }
        var line = "\(pending) pending, \(held) held, \(rejected) rejected"
        if let seconds = figures.oldestPendingSeconds { line += "; the oldest has waited for \(Self.age(seconds))" }
        return line
    }

    private var services: [(String, String)] {
        status.services.enumerated().map { index, service in
            var line = "\(service.name): \(service.state ?? "not known")"
            if let since = service.since { line += " since \(SaleText.local(since))" }
            if let code = service.lastErrorCode { line += ", last error \(code)" }
            let drift = service.clockDriftSeconds
            if drift != 0 { line += ", its clock is \(abs(drift)) s \(drift > 0 ? "ahead of" : "behind") ours" }
            return (index == 0 ? "services" : "", line)
        }
    }

    private var printers: [(String, String)] {
        status.printers.enumerated().map { index, printer in
            var line = "\(printer.name): \(printer.state)"
            if let detail = printer.detail { line += " (\(detail))" }
            if let queue = status.prints.byPrinter.first(where: { $0.printer == printer.name }) {
                line += ", \(queue.queued == 1 ? "1 print waits" : "\(queue.queued) prints wait")"
                line += ", the oldest for \(Self.age(queue.oldestSeconds))"
            }
            return (index == 0 ? "printers" : "", line)
        }
    }

    private var spool: [(String, String)] {
        guard let spool = status.spool else { return [] }
        var line = "\(spool.waiting) waiting, \(spool.stuck) stuck"
        if let rejected = spool.rejected { line += ", \(rejected) refused and not seen yet" }
        if spool.ignored > 0 { line += ", \(spool.ignored) left alone" }
        return [("spool", line)]
    }

    private var disk: String {
        let database = status.database
        let free = database.freeBytes.map { "\(Size.text($0)) free" } ?? "free space not known"
        let size = database.sizeBytes.map { ", database \(Size.text($0))" } ?? ""
        return "\(free) (at least \(Size.text(database.minimumFreeBytes)) needed)\(size)"
    }

    private static func age(_ seconds: Int) -> String { Duration.seconds(seconds).about }
}
