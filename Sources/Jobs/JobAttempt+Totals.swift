import Journey
import Logging
import Outbox
import RemoteServices
import Runtime
import Sales

extension JobAttempt {
    /// What to keep about a sale whose total at the provider differs from its paper; nil if it does not. The sale is
    /// registered all the same: its paper is out, and a person has to find out which of the two is wrong.
    func incident(of result: JobResult?) async -> Incident? {
        guard case .link(_, let theirs, let isBinding)? = result, let sale = job.sale else { return nil }
        let comparison = TotalComparison(theirs, with: sale.totals)
        worker.observer.compared(comparison)
        if isBinding, comparison == .untold {
            worker.logger.notice("total untold", metadata: [LogKey.sale: "\(sale.id.text)"])
        }
        guard comparison == .differs || isBinding && comparison == .withoutVAT else { return nil }
        let reason =
            "\(sale.id.text): \(theirs?.text ?? "no amount") at \(worker.service.title), \(sale.totals.total.grouped) on paper"
        worker.logger.warning(
            "total differs", metadata: [LogKey.sale: "\(sale.id.text)", LogKey.reason: "\(reason)"])
        return Incident(
            code: Incident.totalDiffers, subject: worker.service.name.rawValue, since: worker.clock.now, reason: reason)
    }
}
