import Foundation
import Gateway
import Host
import Intake
import Logging
import Monitoring
import Outbox
import Runtime
import Settings

extension Start {
    /// One for sales, and one for slips if any are taken, if there is a folder for them; one for suppliers' invoices if those are
    /// taken.
    ///
    /// - Parameter context: asked for only if there is one: the watchdog waits for the heartbeat of every context.
    func spoolIntakes(
        of components: GatewayComponents, outbox: Outbox, observability: Observability,
        context: (String) -> LoopContext
    ) throws -> [SpoolIntake] {
        let report = reportRejection(to: outbox, observability)
        var intakes: [SpoolIntake] = []
        do {
            if let root = settings.intake.spool {
                intakes.append(try salesSpool(root, components.sales, context("spool"), report))
                if let settings = settings.slips, let slips = components.slips {
                    let context = context("spool of slips")
                    intakes.append(
                        try SpoolIntake(
                            // A till's file still says all that the kept picture has lost: it goes no later than that.
                            spoolSettings(
                                "\(root)/slips", maximum: settings.maximumImage,
                                keep: min(self.settings.intake.spoolKeep, settings.keep)),
                            slips: slips, of: components.sales, heartbeat: context.heartbeat, logger: context.logger,
                            reportRejection: report))
                }
            }
            if let settings = settings.supplierInvoices, let invoices = components.supplierInvoices {
                let context = context("spool of suppliers' invoices")
                intakes.append(
                    try SpoolIntake(
                        // They are the shop's books.
                        spoolSettings(settings.folder, maximum: settings.maximumSize, keep: nil), invoices: invoices,
                        heartbeat: context.heartbeat, logger: context.logger, reportRejection: report))
            }
        } catch let error as HostError {
            throw CommandExit(.systemFault, error.message)
        }
        for intake in intakes { observability.spool.follow { intake.figures } }
        return intakes
    }

    private func salesSpool(
        _ root: String, _ sales: SaleOperations, _ context: LoopContext,
        _ report: @escaping SpoolIntake.RejectionReport
    ) throws -> SpoolIntake {
        try SpoolIntake(
            spoolSettings(root, maximum: settings.intake.maximumBody, keep: settings.intake.spoolKeep), sales: sales,
            heartbeat: context.heartbeat, logger: context.logger, reportRejection: report)
    }

    private func spoolSettings(_ root: String, maximum: Int, keep: Duration?) -> SpoolSettings {
        SpoolSettings(
            root: root, mode: settings.intake.spoolMode, group: settings.intake.socketGroup, maximumBody: maximum,
            keep: keep)
    }

    private func reportRejection(
        to outbox: Outbox, _ observability: Observability
    ) -> SpoolIntake.RejectionReport {
        let (meters, logger) = (observability.meters, observability.logger)
        return { reason in
            meters.spoolFileRejected()
            let incident = Incident(code: Incident.spoolRejected, since: GatewayClock.system.now, reason: reason)
            do throws(OutboxError) { try await outbox.count(incident) } catch {
                logger.error("spool rejection not counted", metadata: [LogKey.error: "\(error.message)"])
            }
        }
    }
}
