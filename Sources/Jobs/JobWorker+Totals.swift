import Foundation
import Logging
import Outbox
import Runtime
import Sales
import Slime

extension JobWorker {
    /// What is kept of a sale of which the provider holds another total than its paper says; nil where it does not. The sale
    /// is registered all the same: its paper is out, and which of the two is wrong a person has to find out.
    static func incident(
        of id: TransactionID, totals: Totals, tradeValue: ProviderTotal?, at now: Date
    ) -> Incident? {
        guard TotalComparison(tradeValue, with: totals) == .differs else { return nil }
        // What is no amount is not repeated: it may be anything.
        let theirs = if case .amount(let amount) = tradeValue { amount.grouped } else { "no amount" }
        return Incident(
            code: Incident.totalDiffers, since: now,
            reason: "\(id.text): \(theirs) at Slime, \(totals.total.grouped) on paper")
    }

    /// Counts and logs how the provider's total stands to ours.
    func noteTotals(of id: TransactionID, _ comparison: TotalComparison, _ incident: Incident?) {
        observer.compared(comparison)
        guard let incident else { return }
        logger.warning(
            "total differs", metadata: [LogKey.sale: "\(id.text)", LogKey.reason: "\(incident.reason ?? "")"])
    }
}
