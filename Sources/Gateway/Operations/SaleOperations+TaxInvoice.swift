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
    ///   - way: how one that was rejected is sent again. If it may have been made, the same one is looked for first.
    public func makeInvoice(
        of id: TransactionID, for buyer: JSONObject, _ way: InvoiceWay = .again
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
            try await ask(for: event, at: invoicing, change, way)
            return try await invoice(of: id, within: Self.staffPatience)
        } catch let refusal as OperationError {
            throw refusal
        } catch let error as OutboxError {
            throw OperationError(error)
        } catch {
            throw .unavailable("the sale could not be read", retryAfter: .seconds(5))
        }
    }

    private func ask(
        for event: SaleEvent, at provider: any LaterInvoicing, _ change: BuyerChange, _ way: InvoiceWay
    ) async throws {
        let (id, now) = (event.sale.id, clock.now)
        guard let made = try await outbox.invoice(of: id) else {
            let job = Self.invoiceJob(provider.laterInvoice(for: event), of: event, at: provider, change)
            _ = try await outbox.requestInvoice(of: id, with: job, at: now)
            return
        }
        guard made.state == .rejected else {
            throw OperationError.wrongState("the sale \(id) has its tax invoice, or will have it")
        }
        let sent = try await outbox.sentInvoice(of: id)
        let request =
            sent.map { provider.laterInvoice(for: event, keeping: ServiceRequest($0)) }
            ?? provider.laterInvoice(for: event)
        let retry: JobRetry.Way =
            switch way {
            case .again: .again
            case .adopting(let document): .adopting(remoteID: document)
            case .anew: .anew
            }
        let isChanged = sent.map { $0.buyerChange != change } ?? true
        _ = try await outbox.retryInvoice(
            of: id, with: Self.invoiceJob(request, of: event, at: provider, change),
            as: JobRetry(retry, changesRequest: isChanged, settling: provider.settling), at: now)
    }

    /// The tax invoice that staff had made of the sale.
    public func invoice(of id: TransactionID) async throws(OperationError) -> InvoiceView {
        do {
            guard let invoice = try await outbox.invoice(of: id) else {
                throw OperationError.notFound("nobody has asked for a tax invoice of the sale \(id)")
            }
            return try await view(invoice)
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
        if event.sale.dueOn != nil {
            throw .wrongState(
                "the sale \(event.sale.id) is on credit; the tax invoice of its bill is made once that is paid: kamkap billing tax-invoices add"
            )
        }
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
