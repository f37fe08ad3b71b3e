import Foundation
import Journey
import Outbox
import RemoteServices
import Runtime
public import Sales

extension SaleOperations {
    /// Sends a rejected or held sale again, with its data built again from the kept event and today's configuration. What
    /// becomes of a document whose id a person typed is waited for a little.
    public func retry(_ id: TransactionID, _ retry: SaleRetry = SaleRetry()) async throws(OperationError) -> SaleView {
        if let faults = retry.change.map(SaleDecoder.faults(of:)), !faults.isEmpty { throw .invalidRequest(faults) }
        do {
            let provider = try provider(for: retry.way, of: try await outbox.sale(id))
            let way = try Self.way(retry.way, at: provider)
            let kept = try await outbox.kept(id)
            let wanted = retry.change.map(kept.replacing) ?? kept
            let event: SaleEvent
            // The VAT terms stay what they were: the paper is out, and the provider must get the same total.
            do { event = try decoder.decode(wanted, suitsStore: true) } catch { throw OperationError(error) }
            if let change = retry.change { try Self.check(change, of: event, at: provider) }
            // What is as it was has been judged before, by the rules of its day.
            if way == .moving || retry.change != nil {
                let faults = provider.faults(of: event)
                guard faults.isEmpty else { throw OperationError.invalid(faults) }
            }
            let sent = way == .moving ? nil : try await outbox.sentRegistration(of: id)
            let record = try await outbox.retry(
                id,
                with: Self.registrationJob(
                    for: event, at: provider, changedBy: wanted.change, keeping: sent.map { ServiceRequest($0) }),
                as: JobRetry(way, changesRequest: retry.change != nil, settling: provider.settling), at: clock.now)
            guard case .adopting(.some) = way else { return try await view(record) }
            return try await sale(id, reaching: .registered, within: Self.staffPatience)
        } catch let refusal as OperationError {
            throw refusal
        } catch let error as OutboxError {
            throw OperationError(error)
        } catch {
            throw .unavailable("the sale could not be read", retryAfter: .seconds(5))
        }
    }

    /// The one under which the sale was accepted.
    func ownProvider(of id: TransactionID) async throws(OperationError) -> any SaleProvider {
        let name: ServiceName
        do { name = try await outbox.sale(id).registration.provider } catch { throw OperationError(error) }
        return try providers.provider(of: id, named: name)
    }

    /// The one under which the sale was accepted, or the one that it is moved to.
    private func provider(
        for way: SaleRetry.Way, of sale: SaleRecord
    ) throws(OperationError) -> any SaleProvider {
        guard case .moving(let name) = way else {
            return try providers.provider(of: sale.id, named: sale.registration.provider)
        }
        guard let provider = providers[name] else {
            let names = providers.all.map { "\"\($0.name)\"" }.joined(separator: " or ")
            throw .invalidRequest([
                SaleFault(pointer: "/provider", detail: "expected \(names), which is configured, found \"\(name)\"")
            ])
        }
        return provider
    }

    /// A provider that tells a repeat knows a sale by its id. Any other has names of its own.
    private static func way(
        _ way: SaleRetry.Way, at provider: any SaleProvider
    ) throws(OperationError) -> JobRetry.Way {
        let namesDocuments = provider.settling != nil
        switch way {
        case .again: return .again
        case .anew: return .anew
        case .moving: return .moving
        case .adopting(let documentID):
            guard namesDocuments == (documentID != nil) else {
                let detail =
                    namesDocuments
                    ? "\(provider.title) knows a sale by its document's id alone: name that, as it is shown there"
                    : "\(provider.title) has one transaction under the sale's id: expected true"
                throw .invalidRequest([SaleFault(pointer: "/adopt", detail: detail)])
            }
            return .adopting(remoteID: documentID)
        }
    }

    /// Only a sale that was handed in with a buyer gets another one, or none. For any other the paper is out as an
    /// abbreviated tax invoice, and the customer's own link makes the full one.
    private static func check(
        _ change: BuyerChange, of event: SaleEvent, at provider: any SaleProvider
    ) throws(OperationError) {
        guard !DocumentType(statedBy: event.event).namesBuyer else { return }
        let instead =
            provider is any LaterInvoicing
            ? "its full tax invoice is made beside it, once it is registered: kamkap tax-invoice"
            : "its customer can use the link on the paper"
        let pointer = change == .removed ? "/without_buyer" : "/buyer"
        throw .invalidRequest([
            SaleFault(
                pointer: pointer,
                detail:
                    "the sale \(event.sale.id.text) was handed in without a buyer; \(instead)"
            )
        ])
    }
}
