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
}
