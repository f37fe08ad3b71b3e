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
    /// Nil if there is none.
    ///
    /// - Parameter context: asked for only if there is one: the watchdog waits for the heartbeat of every context.
    func spoolIntake(
        sales: SaleOperations, outbox: Outbox, observability: Observability, context: (String) -> LoopContext
    ) throws -> SpoolIntake? {
        guard let root = settings.intake.spool else { return nil }
        let context = context("spool")
        let (meters, logger) = (observability.meters, context.logger)
        do {
            let spool = try SpoolIntake(
                SpoolSettings(
                    root: root, mode: settings.intake.spoolMode, group: settings.intake.socketGroup,
                    maximumBody: settings.intake.maximumBody, keep: settings.intake.spoolKeep),
                sales: sales, heartbeat: context.heartbeat, logger: logger
            ) { reason in
                meters.spoolFileRejected()
                let incident = Incident(
                    code: Incident.spoolRejected, since: GatewayClock.system.now, reason: reason)
                do throws(OutboxError) { try await outbox.count(incident) } catch {
                    logger.error("spool rejection not counted", metadata: [LogKey.error: "\(error.message)"])
                }
            }
            observability.spool.follow { spool.figures }
            return spool
        } catch let error as HostError {
            throw CommandExit(.systemFault, error.message)
        }
    }
}
