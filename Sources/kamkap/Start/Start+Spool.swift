import Foundation
import Gateway
import Host
import Intake
import Logging
import Outbox
import Settings

extension Start {
    /// Nil where there is none.
    func spoolIntake(sales: SaleOperations, in components: GatewayComponents) throws -> SpoolIntake? {
        guard let root = settings.intake.spool else { return nil }
        let (outbox, meters, logger) = (components.outbox, components.observability.meters, components.logger)
        do {
            return try SpoolIntake(
                root: root, mode: settings.intake.spoolMode, group: settings.intake.socketGroup,
                maximumBody: settings.intake.maximumBody, keep: settings.intake.spoolKeep, sales: sales,
                heartbeat: components.liveness.heartbeat("spool"), logger: logger
            ) { reason in
                meters.spoolFileRejected()
                let incident = Incident(
                    code: Alarm.Code.spoolRejected.rawValue, since: GatewayClock.system.now, reason: reason)
                do throws(OutboxError) { try await outbox.note(incident) } catch {
                    logger.error("a refusal cannot be counted", metadata: [LogKey.error: "\(error.message)"])
                }
            }
        } catch let error as HostError {
            throw CommandExit(.systemFault, error.message)
        }
    }

    func figures(of spool: SpoolIntake?) -> (@Sendable () -> SpoolFigures)? {
        guard let spool else { return nil }
        return { spool.figures }
    }
}
