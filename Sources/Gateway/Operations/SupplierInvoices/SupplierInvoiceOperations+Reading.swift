import Journey
public import OCRInvoice
import Outbox
import RemoteServices
import Runtime
import ServiceLifecycle
import SupplierInvoices

// What is asked of invoices that are here.
extension SupplierInvoiceOperations {
    public func invoice(_ number: Int64) async throws(OperationError) -> SupplierInvoiceView {
        do throws(OutboxError) { return try await shown(try await outbox.supplierInvoice(number)) } catch {
            throw OperationError(error)
        }
    }

    /// Newest first, and where the next page begins.
    ///
    /// - Parameters:
    ///   - state: as it is shown, which depends on the account.
    ///   - after: the number of the last one of the page before.
    public func list(
        state: SupplierInvoiceShown?, limit: Int, after: Int64?
    ) async throws(OperationError) -> (views: [SupplierInvoiceView], next: Int64?) {
        do throws(OutboxError) {
            guard let states = try await states(shownAs: state) else { return ([], nil) }
            let found = try await outbox.supplierInvoices(
                in: state == nil ? nil : states, before: after, limit: limit + 1)
            var views: [SupplierInvoiceView] = []
            for record in found.prefix(limit) { views.append(try await shown(record)) }
            return (views, found.count > limit ? views.last?.record.number : nil)
        } catch {
            throw OperationError(error)
        }
    }

    /// Nil if none is shown so now: either all that are owed are held, or none is.
    private func states(
        shownAs state: SupplierInvoiceShown?
    ) async throws(OutboxError) -> [SupplierInvoiceState]? {
        guard let state else { return [] }
        let isHeld = try await outbox.account(of: service.name).condition == .held
        let states = SupplierInvoiceState.allCases.filter { SupplierInvoiceShown($0, isHeld: isHeld) == state }
        return states.isEmpty ? nil : states
    }

    /// The file that says what was read: its bytes; nil if nothing was read, or if somebody took the file away.
    public func reading(of number: Int64) async throws(OperationError) -> [UInt8]? {
        let record = try await invoice(number).record
        guard record.state == .read, let name = record.filedAs else { return nil }
        do throws(SupplierFolderError) {
            return try await files.filedReading(of: name)
        } catch {
            if error.code == .missing { return nil }
            throw OperationError(error)
        }
    }

    /// The document that may be fetched with this word, for the gateway's own door; nil for any other word.
    public func document(token: String) async -> (bytes: [UInt8], type: OCRDocumentType)? {
        guard let digest = DoorPublisher.digest(of: token),
            let record = try? await outbox.supplierInvoice(behindDoor: digest, at: clock.now),
            let type = try? record.documentType, let bytes = try? await files.document(record.digest, type)
        else { return nil }
        return (bytes, type)
    }

    /// What is in the service's own list.
    public func remote(search: String?, from offset: Int, size: Int) async throws(OperationError) -> OCRJobPage {
        do {
            return try await questions.pass {
                try await cancelWhenGracefulShutdown { [service] in
                    try await service.list(search: search, from: offset, size: size)
                }
            }
        } catch let failure as ServiceFailure {
            throw refusal(failure)
        } catch let refusal as OperationError {
            throw refusal
        } catch {
            throw .unavailable("the gateway is stopping", retryAfter: .seconds(5))
        }
    }

    func refusal(_ failure: ServiceFailure) -> OperationError {
        .unavailable(
            "\(service.title) did not do what was asked for (\(failure.code)): \(failure.message)",
            retryAfter: failure.retryAfter ?? Self.pause)
    }

    func shown(_ record: SupplierInvoiceRecord) async throws(OutboxError) -> SupplierInvoiceView {
        SupplierInvoiceView(
            record, account: try await outbox.account(of: record.service), shownAhead: clock.shownAhead)
    }
}
