import Foundation
public import Journey
public import Outbox
import RemoteServices
import Runtime
public import Sales

// What staff ask for.
extension SaleOperations {
    /// Asks for a copy or a QR slip; the original instead, while it is not out yet.
    public func reprint(
        _ id: TransactionID, kind: PrintMachine.Kind, on printer: String?
    ) async throws(OperationError) -> PrintRecord {
        if let printer, !routing.names.contains(printer) {
            throw .invalidRequest([SaleFault(pointer: "/printer", detail: routing.fault(of: printer))])
        }
        do {
            let sale = try await outbox.sale(id)
            // The printer of its last paper, if there still is one of that name.
            let last = sale.prints.last?.printer
            let usual = last.flatMap { routing.names.contains($0) ? $0 : nil }
            let target = printer ?? usual ?? routing.printer(forTerminal: sale.terminalID)
            return try await outbox.requestPrint(kind, of: id, on: target, at: clock.now)
        } catch {
            throw OperationError(error)
        }
    }

    /// Cancels a queued print; `number` counts from 1 within the sale.
    public func cancelPrint(_ number: Int, of id: TransactionID) async throws(OperationError) -> PrintRecord {
        do { return try await outbox.cancelPrint(number, of: id, at: clock.now) } catch { throw OperationError(error) }
    }

    /// Sends a rejected or held sale again, with its data built again from the kept event and today's configuration.
    ///
    /// - Parameters:
    ///   - adopting: treats the transaction that the provider has under this id as ours.
    ///   - change: another buyer, or none, in place of the event's; nil keeps what it is.
    public func retry(
        _ id: TransactionID, adopting: Bool, changing change: BuyerChange? = nil
    ) async throws(OperationError) -> SaleView {
        if let faults = change.map(SaleDecoder.faults(of:)), !faults.isEmpty { throw .invalidRequest(faults) }
        do {
            let provider = try await provider(of: id)
            let kept = try await outbox.kept(id)
            let wanted = change.map(kept.replacing) ?? kept
            let event: SaleEvent
            // The VAT terms stay what they were: the paper is out, and the provider must get the same total.
            do { event = try decoder.decode(wanted, suitsStore: true) } catch { throw OperationError(error) }
            if let change { try Self.check(change, of: event) }
            let record = try await outbox.retry(
                id, with: Self.registrationJob(for: event, at: provider, changedBy: wanted.change),
                as: JobRetry(
                    adopting ? .adopting(remoteID: nil) : .again, changesRequest: change != nil,
                    settling: provider.settling),
                at: clock.now)
            return try await view(record)
        } catch let refusal as OperationError {
            throw refusal
        } catch let error as OutboxError {
            throw OperationError(error)
        } catch {
            throw .unavailable("the sale could not be read", retryAfter: .seconds(5))
        }
    }

    /// The one under which the sale was accepted.
    private func provider(of id: TransactionID) async throws(OperationError) -> any SaleProvider {
        let name: ServiceName
        do { name = try await outbox.sale(id).registration.provider } catch { throw OperationError(error) }
        return try providers.provider(of: id, named: name)
    }

    /// Only a sale that was handed in with a buyer gets another one, or none. For any other the paper is out as an
    /// abbreviated tax invoice, and the customer's own link makes the full one.
    private static func check(_ change: BuyerChange, of event: SaleEvent) throws(OperationError) {
        guard !DocumentType(statedBy: event.event).namesBuyer else { return }
        let pointer = change == .removed ? "/without_buyer" : "/buyer"
        throw .invalidRequest([
            SaleFault(
                pointer: pointer,
                detail:
                    "the sale \(event.sale.id.text) was handed in without a buyer; its customer can use the link on the paper"
            )
        ])
    }
}
