import OCRInvoice
import ObjectStore
import RemoteServices
import Settings

/// Asks the reader of suppliers' invoices about the account, and tries the store or the door from which it fetches them. No document
/// leaves the shop.
struct SupplierInvoicesCheck {
    private let settings: SupplierInvoicesSettings

    /// None if no suppliers' invoices are taken.
    static func findings(_ settings: Settings) async -> [Finding] {
        guard let invoices = settings.supplierInvoices else { return [] }
        let check = SupplierInvoicesCheck(settings: invoices)
        let file = Finding.trying("key", invoices.keyFile) {
            _ = try SecretFile.key(invoices.keyFile, key: "supplier_invoices.key_file")
        }
        async let account = check.account()
        async let publishing = check.publishing()
        return [file, await account] + (await publishing)
    }

    private func account() async -> Finding {
        let service: OCRInvoiceService
        do {
            service = OCRInvoiceService(
                client: OCRInvoiceClient(
                    endpoint: try OCRInvoiceEndpoint(settings), options: try OCRInvoiceCallOptions(settings)))
        } catch {
            return Self.fault(Self.reader, error)
        }
        let failure = await service.probe()
        try? await service.shutdown()
        guard let failure else {
            return .well(Self.reader, "recognises this account; reads by template \(settings.template)")
        }
        return .fault(
            Self.reader, failure.message, remedy: "\(service.advice(for: failure.code)). Sales and papers go on")
    }

    private func publishing() async -> [Finding] {
        switch settings.publishing {
        case .objectStore(let store):
            let file = Finding.trying("secret", store.secretFile) { _ = try AccessKey(store) }
            return [file, await self.store(store)]
        case .door(let door):
            let means = door.tls == nil ? "not encrypted: behind a tunnel" : "over TLS"
            return [
                .trying("door", "\(door.listen), from outside \(door.publicBase), \(means)") { _ = try Door.tls(door) }
            ]
        }
    }

    /// Puts a small object into the bucket, gets it by a link and deletes it: what it has to do for a document.
    private func store(_ settings: ObjectStoreSettings) async -> Finding {
        let client: ObjectStoreClient
        do {
            client = ObjectStoreClient(
                bucket: try Bucket(settings), key: try AccessKey(settings), clock: .system,
                options: try ObjectStoreCallOptions(settings))
        } catch {
            return Self.fault(Self.bucket, error)
        }
        let finding: Finding
        do throws(ObjectStoreError) {
            try await client.probe()
            finding = .well(Self.bucket, "\(settings.bucket) keeps, gives out and removes objects for this key")
        } catch {
            finding = .fault(
                Self.bucket, error.message,
                remedy:
                    "Sales and papers go on"
            )
        }
        try? await client.shutdown()
        return finding
    }

    private static func fault(_ subject: String, _ error: any Error) -> Finding {
        Finding(subject: subject, isWell: false, detail: (error as? CommandExit)?.message ?? "\(error)")
    }

    private static let reader = "OCR Invoice"
    private static let bucket = "object store"
}
