import Foundation
import Settings
import Simulators

/// A simulated reader of suppliers' invoices, and the object store from which it fetches them.
struct SandboxInvoices: Sendable {
    /// What the gateway proves itself with at the reader, and at the store.
    let secret = SandboxSecret.random()
    let storeSecret = SandboxSecret.random()
    private let reader: SupplierOCRSimulator
    private let store: ObjectStoreSimulator
    private let keeping: ObjectStoreSimulator.Configuration

    init() {
        var reading = SupplierOCRSimulator.Configuration()
        reading.key = secret
        // Lets a back office say what is read, and try outages.
        reading.control = true
        reader = SupplierOCRSimulator(configuration: reading)
        var keeping = ObjectStoreSimulator.Configuration()
        keeping.secret = storeSecret
        keeping.control = true
        self.keeping = keeping
        store = ObjectStoreSimulator(configuration: keeping)
    }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reader.run() }
            group.addTask { try await store.run() }
            defer { group.cancelAll() }
            try await group.waitForAll()
        }
    }

    struct Addresses {
        let reader: String
        let store: String
    }

    /// Waits until both listen.
    func addresses() async throws -> Addresses {
        Addresses(reader: try await reader.endpoint(), store: try await store.endpoint())
    }

    /// Its table of the configuration, once both listen.
    func table(_ environment: SandboxEnvironment) async throws -> SupplierInvoicesSettings {
        let objects = ObjectStoreSettings(
            endpoint: try await store.endpoint(), region: keeping.region, bucket: keeping.bucket, keyID: keeping.keyID,
            secretFile: environment.storeSecretFile)
        var settings = SupplierInvoicesSettings(
            endpoint: try await reader.endpoint(), keyFile: environment.readerKeyFile, template: "sandbox",
            publishing: .objectStore(objects))
        settings.folder = environment.invoices
        return settings
    }

    /// What to try.
    static func advice(_ environment: SandboxEnvironment) -> String {
        """
        Try a supplier's invoice: any PDF, PNG, JPEG, TIFF or BMP. Its reading lies beside it in \(environment.invoices)/read.
          cp SOME.pdf \(environment.invoices)/incoming/
          kamkap invoices --socket \(environment.socket)
        """
    }
}
