import JSON
import Journey
import OCRInvoice
import Outbox
import RemoteServices
import Runtime
import SupplierInvoices

// What is done once nothing is owed about an invoice. Each of these may be done again: a kill in between is made good.
extension SupplierInvoiceOperations {
    /// Takes back what is published of one, and deletes the job of one that was removed; nil if nothing is left.
    func clear(_ record: SupplierInvoiceRecord) async -> ServiceFailure? {
        do throws(SupplierFolderError) {
            let document = PublishedDocument.Name(digest: record.digest, type: try record.documentType)
            if let failure = await service.withdraw(context: record.context, document) { return failure }
        } catch {
            return ServiceFailure(code: "Gateway::UnknownType", message: error.message, disposition: .retry)
        }
        let remoteID = record.state == .removed ? record.remoteID : nil
        if let remoteID, let failure = await service.remove(remoteID) { return failure }
        do throws(OutboxError) {
            try await outbox.cleared(supplierInvoice: record.number, deleting: remoteID)
            return nil
        } catch {
            return ServiceFailure(code: "Gateway::Database", message: error.message, disposition: .retry)
        }
    }

    /// Puts its file where the shop keeps it, beside what was read of it, or why nothing was.
    func file(_ record: SupplierInvoiceRecord) async throws {
        let place: SupplierInvoicePlace = record.state == .read ? .read : .failed
        var name = record.filedAs
        if name == nil {
            let free = try await files.freeName(for: record.name, in: place)
            // On disk before the file moves.
            try await outbox.chooseName(free, ofSupplierInvoice: record.number)
            name = free
        }
        guard let name else { return }
        let outcome: SupplierInvoiceOutcome = record.state == .read ? .read : .failed(problem: record.problem.bytes)
        try await files.file(record.digest, try record.documentType, as: name, outcome)
        try await outbox.filed(supplierInvoice: record.number)
    }

    /// Takes those documents that lie where they are read from, and of which nothing is known: another database knew them.
    func takeStray() async throws {
        for name in try await files.documents() {
            if try await outbox.supplierInvoice(digest: name.digest) != nil { continue }
            let bytes = try await files.document(name.digest, name.type)
            guard let file = try? SupplierFile(bytes, named: "\(name.digest).\(name.type.rawValue)"),
                file.digest == name.digest
            else { continue }
            _ = try await take(file)
        }
    }

    /// Brings its file back, and has the service read it. One whose file is gone, or is another one by now, is not read.
    func readAnew(_ record: SupplierInvoiceRecord) async throws -> SupplierInvoiceRecord {
        do {
            let type = try record.documentType
            if let name = record.filedAs {
                try await files.takeBack(
                    record.digest, type, from: name, record.state == .read ? .read : .failed)
            }
            let file = try SupplierFile(try await files.document(record.digest, type), named: record.name)
            guard file.digest == record.digest else {
                throw OperationError.wrongState(
                    "the file of the supplier's invoice \(record.number) was changed: drop it into incoming/ as a new one"
                )
            }
            // A job that the service deleted itself is not asked for.
            let isDeleted = record.state == .removed || record.state == .read && service.deletesRemote
            return try await outbox.redo(
                supplierInvoice: record.number, with: job(file), keepsRemote: !isDeleted, at: clock.now)
        } catch {
            if isForGood(error) { try await outbox.dropRedo(supplierInvoice: record.number) }
            throw error
        }
    }

    private func isForGood(_ error: any Error) -> Bool {
        switch error {
        case let error as SupplierFolderError: error.code == .missing
        case is SupplierFileError, is OperationError: true
        default: false
        }
    }
}

extension SupplierInvoiceRecord {
    /// For the shop's staff, beside the document. It has the members of a file's that was refused at once (RFC 9457), and more.
    fileprivate var problem: JSONValue {
        let isRemoved = state == .removed
        return .object([
            "type": .string("urn:kamkap:problem:failed"),
            "title": .string(isRemoved ? "Staff removed the invoice" : "The invoice could not be read"),
            "status": .number(JSONNumber(isRemoved ? 410 : 502)),
            "detail": .string(lastError.map { "\($0.code): \($0.message)" } ?? "no reason is known"),
            "number": .number(JSONNumber(Int(number))), "file": .string(name),
            "help": .string("to have it read again: kamkap invoices redo \(number)"),
        ])
    }
}
