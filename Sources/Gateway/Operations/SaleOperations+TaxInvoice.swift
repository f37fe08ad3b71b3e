import Foundation
public import JSON
import Journey
import Outbox
import RemoteServices
import Runtime
public import Sales

extension SaleOperations {
    /// Has a full tax invoice made for a sale that was handed in without a buyer, where the customer cannot do it by the
    /// link. One that was rejected is sent again, with this buyer.
    ///
    /// - Parameters:
    ///   - buyer: the member `buyer` of a sale.
    ///   - isAnew: whether somebody has seen that the provider has none: then it is made, whatever was sent before.
    public func makeInvoice(
        of id: TransactionID, for buyer: JSONObject, isAnew: Bool = false
    ) async throws(OperationError) -> InvoiceView {
        let provider = try await ownProvider(of: id)
        guard let invoicing = provider as? any LaterInvoicing else {
            throw .unsupported(
                "\(provider.title) makes no tax invoice later; the customer has it made by the link on the receipt")
        }
        let change = BuyerChange.replaced(buyer)
        let faults = SaleDecoder.faults(of: change)
        guard faults.isEmpty else { throw .invalidRequest(faults) }
        do {
            let kept = try await outbox.kept(id)
            let event: SaleEvent
            do { event = try decoder.decode(kept.replacing(change: change), suitsStore: true) } catch {
                throw OperationError(error)
            }
            try Self.checkInvoice(of: event, at: provider)
            let now = clock.now
            let job = Self.invoiceJob(invoicing.laterInvoice(for: event), of: event, at: provider, change)
            if let made = try await outbox.invoice(of: id) {
                guard made.state == .rejected else {
                    throw OperationError.wrongState("the sale \(id) has its tax invoice, or will have it")
                }
                _ = try await outbox.retryInvoice(
                    of: id, with: job,
                    as: JobRetry(isAnew ? .anew : .again, changesRequest: true, settling: provider.settling), at: now)
            } else {
                _ = try await outbox.requestInvoice(of: id, with: job, at: now)
            }
            return try await invoice(of: id, within: Self.staffPatience)
        } catch let refusal as OperationError {
            throw refusal
        } catch let error as OutboxError {
            throw OperationError(error)
        } catch {
            throw .unavailable("the sale could not be read", retryAfter: .seconds(5))
        }
    }

    /// The tax invoice that staff had made of the sale.
    public func invoice(of id: TransactionID) async throws(OperationError) -> InvoiceView {
        do {
            guard let invoice = try await outbox.invoice(of: id) else {
                throw OperationError.notFound("nobody has asked for a tax invoice of the sale \(id)")
            }
            return InvoiceView(
                invoice, account: try await outbox.account(of: invoice.provider), shownAhead: clock.shownAhead)
        } catch let refusal as OperationError {
            throw refusal
        } catch let error as OutboxError {
            throw OperationError(error)
        } catch {
            throw .unavailable("the sale could not be read", retryAfter: .seconds(5))
        }
    }

    private func invoice(of id: TransactionID, within limit: Duration) async throws(OperationError) -> InvoiceView {
        try await waiting(for: id, within: limit) { () throws(OperationError) in
            try await invoice(of: id)
        } until: {
            $0.state != .pending
        }
    }

    /// Another buyer's invoice would be a second one for the same supply.
    private static func checkInvoice(of event: SaleEvent, at provider: any SaleProvider) throws(OperationError) {
        guard !DocumentType(statedBy: event.event).namesBuyer else {
            throw .wrongState(
                "the sale \(event.sale.id) was handed in with a buyer: its own document is the full tax invoice")
        }
        let faults = provider.faults(of: event)
        guard faults.isEmpty else { throw .invalidRequest(faults) }
    }

    private static func invoiceJob(
        _ request: ServiceRequest, of event: SaleEvent, at provider: any SaleProvider, _ change: BuyerChange
    ) -> NewJob {
        var job = NewJob(
            kind: .saleInvoice, service: provider.name, key: event.sale.id.text, request: request.bytes,
            context: request.context)
        job.buyerChange = change
        job.tellsRepeats = provider.settling == nil
        return job
    }
}
