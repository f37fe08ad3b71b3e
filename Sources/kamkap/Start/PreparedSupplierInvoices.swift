import Foundation
import Gateway
import HTTPCalls
import Host
import Logging
import OCRInvoice
import ObjectStore
import Outbox
import RemoteServices
import Runtime
import Sales
import Settings
import SupplierInvoices

/// The configured reader of suppliers' invoices, of which every file is read, and where documents are published for it.
struct PreparedSupplierInvoices {
    private let settings: SupplierInvoicesSettings
    private let endpoint: OCRInvoiceEndpoint
    private let options: OCRInvoiceCallOptions
    private let terms: OCRJobTerms
    private let publishing: Publishing
    /// What the intake does with the folder's group.
    private let intake: IntakeSettings

    private enum Publishing {
        case objectStore(Bucket, AccessKey, ObjectStoreCallOptions, life: Duration)
        case door(DoorSettings, key: ServiceKey)
    }

    /// Nil if no suppliers' invoices are taken.
    init?(_ settings: Settings) throws {
        guard let invoices = settings.supplierInvoices else { return nil }
        self.settings = invoices
        endpoint = try OCRInvoiceEndpoint(invoices)
        options = try OCRInvoiceCallOptions(invoices)
        terms = OCRJobTerms(invoices, branch: settings.store.branchID)
        publishing =
            switch invoices.publishing {
            case .objectStore(let store):
                .objectStore(
                    try Bucket(store), try AccessKey(store), try ObjectStoreCallOptions(store), life: store.linkLife)
            case .door(let door):
                .door(door, key: try SecretFile.key(invoices.keyFile, key: "supplier_invoices.key_file"))
            }
        intake = settings.intake
    }

    /// - Parameter logger: for what the service's clock shows.
    func tasks(seenBy observability: Observability, outbox: Outbox, logger: Logger) throws -> SupplierInvoiceTasks {
        let folder: SupplierInvoiceFolder
        do throws(HostError) {
            folder = try SupplierInvoiceFolder(
                settings.folder,
                access: .init(isForGroup: intake.spoolMode & 0o070 != 0, group: intake.socketGroup),
                longest: settings.maximumSize)
        } catch {
            throw CommandExit(.systemFault, error.message)
        }
        let observer = observability.observer(of: .ocrInvoice, calls: OCRInvoiceService.calls, logger: logger)
        let reader = OCRInvoiceService(
            client: OCRInvoiceClient(endpoint: endpoint, options: options), observer: observer)
        let service = SupplierInvoiceService(
            reader, terms: terms, publisher: publisher(over: outbox), files: folder,
            limits: SupplierInvoiceLimits(giveUpAfter: settings.giveUpAfter, deletesRemote: settings.deletesRemote),
            now: { GatewayClock.system.now })
        return SupplierInvoiceTasks(service: service, files: folder)
    }

    private func publisher(over outbox: Outbox) -> any DocumentPublishing {
        switch publishing {
        case .objectStore(let bucket, let key, let options, let life):
            ObjectStorePublisher(
                client: ObjectStoreClient(bucket: bucket, key: key, clock: .system, options: options), life: life)
        case .door(let door, let key):
            DoorPublisher(
                base: door.publicBase, secret: key.text, life: door.linkLife, book: OutboxDoorBook(outbox))
        }
    }
}
