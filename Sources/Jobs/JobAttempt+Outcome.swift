import Foundation
import Journey
import Outbox
import RemoteServices
import Runtime
import Sales

// What an answer that is no failure means for the job.
extension JobAttempt {
    func absent(_ failure: ServiceFailure) async throws(OutboxError) -> JobMachine.Event {
        try await worker.callAnswered(call)
        let now = worker.clock.now
        return .absent(Failure(failure, at: now), until: now + (failure.retryAfter ?? .zero).inSeconds)
    }

    /// It begins again.
    func lost(_ failure: ServiceFailure, keeping id: String?) async throws(OutboxError) -> JobMachine.Event {
        try await worker.callAnswered(call)
        let now = worker.clock.now
        let delay = Backoff.charged.delay(
            failures: job.machine.search.repeats + 1, jitter: .random(in: 0..<1), minimum: failure.retryAfter)
        return .lost(Failure(failure, at: now), at: now + delay.inSeconds, keeping: id)
    }

    func notYet(_ failure: ServiceFailure? = nil) -> JobMachine.Event {
        let now = worker.clock.now
        let reason =
            failure.map { Failure($0, at: now) }
            ?? Failure(code: "Gateway::NotYet", message: "the service has not finished yet", at: now)
        return .deferred(
            reason, until: due(after: .sale, at: now, minimum: failure?.retryAfter), mayHaveActed: false)
    }

    /// The result, or why it may not be used.
    func finished(_ events: [JobMachine.Event], with result: JobResult) -> Exchange {
        switch result {
        case .link(let link, let total, let isBinding):
            if isBinding, let sale = job.sale, let total, total != .amount(ExactAmount(sale.totals.total)) {
                let failure = Failure(
                    code: "\(worker.service.title)::TotalDiffers",
                    message: """
                        \(total.text) at \(worker.service.title), \(sale.totals.total.grouped) on paper: its link is never \
                        printed. \(job.remedy(for: sale.id))
                        """, at: worker.clock.now)
                return Exchange(events: events + [.rejected(failure)], result: result)
            }
            if let fault = PrintableLink.fault(of: link) {
                let failure = Failure(
                    code: "Gateway::UnprintableServiceURL", message: "\(fault): it is never printed",
                    at: worker.clock.now)
                return Exchange(events: events + [.rejected(failure)])
            }
            return Exchange(events: events + [.done(result: link)], result: result)
        case .reading, .filed:
            return Exchange(events: events + [.done(result: nil)], result: result)
        }
    }
}

extension ProviderTotal {
    /// For staff. A text that is no amount is not repeated: it may be anything.
    var text: String { if case .amount(let amount) = self { amount.grouped } else { "no amount" } }
}

extension JobResult {
    /// What was found on a slip.
    var finding: SlipFinding? {
        if case .reading(let reading, let credits) = self { SlipFinding(reading, credits: credits) } else { nil }
    }
}
