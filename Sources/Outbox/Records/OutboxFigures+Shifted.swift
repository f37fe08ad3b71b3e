public import Foundation

extension OutboxFigures {
    /// The same figures as a clock shows them that is this many seconds ahead.
    public func shifted(by seconds: TimeInterval) -> OutboxFigures {
        OutboxFigures(
            pending: pending, held: held, rejected: rejected,
            rejections: rejections.map {
                .init(
                    since: $0.since + seconds, provider: $0.provider, errorCode: $0.errorCode, invoices: $0.invoices,
                    invoiced: $0.invoiced, seqs: $0.seqs)
            },
            oldestPending: oldestPending.map {
                .init(
                    id: $0.id, receivedAt: $0.receivedAt + seconds, provider: $0.provider, errorCode: $0.errorCode)
            },
            prints: prints.map {
                .init(printer: $0.printer, queued: $0.queued, oldestRequestedAt: $0.oldestRequestedAt + seconds)
            },
            failedPrints: failedPrints.map {
                .init(
                    printer: $0.printer, sales: $0.sales, since: $0.since + seconds, reason: $0.reason, seqs: $0.seqs,
                    documentSeqs: $0.documentSeqs)
            },
            incidents: incidents.map {
                .init(
                    code: $0.code, subject: $0.subject, count: $0.count, since: $0.since + seconds, reason: $0.reason)
            },
            services: services.map {
                .init(
                    name: $0.name,
                    account: AccountState(
                        condition: $0.account.condition, failure: $0.account.failure,
                        since: $0.account.since.map { $0 + seconds }),
                    pending: $0.pending)
            },
            documents: DocumentFigures(
                passedOver: documents.passedOver, unarchived: documents.unarchived,
                oldestUnarchived: documents.oldestUnarchived.map { $0 + seconds }))
    }
}
