import Foundation
import Journey
import OCRInvoice
public import Outbox
import RemoteServices
public import Runtime
import Sales
public import SupplierInvoices

/// What the folder of suppliers' invoices and staff ask of them. Nobody waits for one.
public struct SupplierInvoiceOperations: Sendable {
    /// So many may be owed: days of what a service reads.
    static let maximumOwed = 20_000
    static let pause: Duration = .seconds(30)

    /// What became of a file that came.
    public enum Acceptance: Sendable, Equatable {
        /// It is to be read. Its file has to go where the service is given it from.
        case new(number: Int64)
        /// It came before, and its file never got there: this one takes its place.
        case unfinished(number: Int64)
        /// The same bytes came before.
        ///
        /// - Parameter file: what the shop calls that file.
        case duplicate(number: Int64, file: String)
    }

    let outbox: Outbox
    let service: any SupplierInvoiceReader
    let files: any SupplierInvoiceFiles
    let clock: GatewayClock
    /// Its files are moved by one task at a time.
    let moving = AsyncSemaphore(
        places: 1, waitLimit: .seconds(20), refusal: "files of suppliers' invoices are being moved; ask again")
    /// Questions that the service answers itself.
    let questions = AsyncSemaphore(
        places: 2, waitLimit: .seconds(2), refusal: "too many questions wait for the service already; ask again")
    private let diskSpace: DiskSpace

    public init(
        outbox: Outbox, tasks: SupplierInvoiceTasks, clock: GatewayClock = .system,
        diskSpace: DiskSpace = DiskSpace(minimum: 0)
    ) {
        self.outbox = outbox
        service = tasks.service
        files = tasks.files
        self.clock = clock
        self.diskSpace = diskSpace
    }

    /// Takes a file that came, once for the same bytes. Returns after its row is safely on disk.
    public func take(_ file: SupplierFile) async throws(OperationError) -> Acceptance {
        if let shortage = diskSpace.shortage(beside: 0) { throw .diskFull(shortage) }
        let new = invoice(file)
        let acceptance: SupplierInvoiceAcceptance
        do throws(OutboxError) {
            acceptance = try await outbox.take(new, atMost: Self.maximumOwed)
        } catch {
            if error.code == .full { throw .diskFull(diskSpace.recordFull()) }
            throw error.code == .busy
                ? .unavailable(error.message, retryAfter: Self.pause, isUndone: true) : .init(error)
        }
        switch acceptance {
        case .new(let record): return .new(number: record.number)
        case .same(let record):
            if record.state.isOwed, try await isMissing(record) { return .unfinished(number: record.number) }
            do throws(OutboxError) {
                let counted = try await outbox.countCopy(ofSupplierInvoice: record.number)
                return .duplicate(number: counted.number, file: counted.file)
            } catch {
                throw OperationError(error)
            }
        }
    }

    private func invoice(_ file: SupplierFile) -> NewSupplierInvoice {
        NewSupplierInvoice(
            .init(file.name, type: file.type.rawValue, size: file.bytes.count, digest: file.digest),
            job: job(file), receivedAt: clock.now, shownAt: clock.shown)
    }

    /// What has the service read it. Each time with a publication of its own.
    func job(_ file: SupplierFile) -> NewJob {
        let (request, context) = service.request(for: file)
        return NewJob(
            kind: .supplierInvoice, service: service.name, key: file.digest, request: request, context: context)
    }

    /// Whether its file is not where the service is given it from.
    private func isMissing(_ record: SupplierInvoiceRecord) async throws(OperationError) -> Bool {
        do throws(SupplierFolderError) {
            return try await !files.hasDocument(record.digest, try record.documentType)
        } catch {
            throw OperationError(error)
        }
    }
}

extension SupplierInvoiceRecord {
    /// What its file is.
    var documentType: OCRDocumentType {
        get throws(SupplierFolderError) {
            guard let type = OCRDocumentType(rawValue: type) else {
                throw SupplierFolderError(.unusable, "the supplier's invoice \(number) is of no type that is known")
            }
            return type
        }
    }
}

extension OperationError {
    init(_ error: SupplierFolderError) {
        switch error.code {
        case .full: self = .diskFull(error.message)
        case .missing, .unusable:
            self = .unavailable(error.message, retryAfter: SupplierInvoiceOperations.pause, isUndone: true)
        }
    }
}
