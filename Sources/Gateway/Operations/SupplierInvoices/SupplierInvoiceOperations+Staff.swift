import Journey
import OCRInvoice
import Outbox
import RemoteServices
import Runtime
import SupplierInvoices

// What staff do about invoices that are here.
extension SupplierInvoiceOperations {
    /// Has one read anew of which nothing is owed, or says that the account of one that is held is well again.
    public func redo(_ number: Int64) async throws(OperationError) -> SupplierInvoiceView {
        let record = try await invoice(number).record
        if !record.state.isOwed, !record.isFiled {
            throw .notYet(
                "the supplier's invoice \(number) is still being filed; ask again in a moment", retryAfter: .seconds(5))
        }
        // What was published for the last reading may not stay behind.
        if !record.state.isOwed, !record.isCleared, let failure = await clear(record) { throw refusal(failure) }
        do {
            return try await moving.pass {
                let asked = try await outbox.askRedo(supplierInvoice: number)
                guard asked.isRedoAsked else { return try await shown(asked) }
                return try await shown(try await readAnew(asked))
            }
        } catch {
            throw refusal(error, number)
        }
    }

    /// Deletes its job at the service, and gives up one that is still owed.
    public func remove(_ number: Int64) async throws(OperationError) -> SupplierInvoiceView {
        let record = try await invoice(number).record
        if record.state.isOwed {
            do throws(OutboxError) {
                let removed = try await outbox.giveUp(supplierInvoice: number, at: clock.now)
                // What fails now is done by the care.
                _ = await clear(removed)
                return try await shown(try await outbox.supplierInvoice(number))
            } catch {
                throw OperationError(error)
            }
        }
        if let remoteID = record.remoteID, let failure = await service.remove(remoteID) { throw refusal(failure) }
        do throws(OutboxError) {
            if let remoteID = record.remoteID {
                try await outbox.forgetRemote(remoteID, ofSupplierInvoice: number)
            }
            return try await shown(try await outbox.supplierInvoice(number))
        } catch {
            throw OperationError(error)
        }
    }

    private func refusal(_ error: any Error, _ number: Int64) -> OperationError {
        switch error {
        case let error as OperationError: error
        case let error as OutboxError: OperationError(error)
        case let error as SupplierFolderError:
            error.code == .missing
                ? .wrongState("the file of the supplier's invoice \(number) is not there any more: \(error.message)")
                : OperationError(error)
        case let error as SupplierFileError: .wrongState(error.message)
        default: .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
    }
}
