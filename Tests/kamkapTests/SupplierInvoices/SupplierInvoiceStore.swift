import Crypto
import Foundation
import Simulators
import TestNetwork

/// A store that has suppliers' invoices read, with a simulated reader that fetches them from a simulated bucket.
struct SupplierInvoiceStore {
    let store: Store
    let reader: SupplierOCRSimulator
    let bucket: ObjectStoreSimulator
    let secrets: [String]

    private var folder: URL { store.folder.appendingPathComponent("invoices") }

    /// How the reader gets at a document.
    enum Publishing { case bucket, door }

    static func open<Value: Sendable>(
        publishing: Publishing = .bucket, _ change: (inout SupplierOCRSimulator.Configuration) -> Void = { _ in },
        _ body: (SupplierInvoiceStore) async throws -> Value
    ) async throws -> Value {
        var account = SupplierOCRSimulator.Configuration()
        account.key = "ocr-key-never-logged-\(UInt32.random(in: 0 ... .max))"
        change(&account)
        var bucketAccount = ObjectStoreSimulator.Configuration()
        bucketAccount.secret = "bucket-secret-never-logged-\(UInt32.random(in: 0 ... .max))"
        let reader = SupplierOCRSimulator(configuration: account)
        let bucket = ObjectStoreSimulator(configuration: bucketAccount)
        let (key, bucketOf) = (account.key, bucketAccount)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reader.run() }
            group.addTask { try await bucket.run() }
            defer { group.cancelAll() }
            let tables = """
                [supplier_invoices]
                endpoint = "\(try await reader.endpoint())"
                key_file = "ocr-key"
                template = "60f7b1b3e4b0e8b3f8b3f8b4"
                folder = "invoices"

                """
            let place =
                switch publishing {
                case .bucket: table(of: bucketOf, at: try await bucket.endpoint())
                case .door: doorTable(port: try FreePort.find())
                }
            return try await Store.open(tables: tables + place) { store in
                for (file, secret) in [("ocr-key", key), ("bucket-secret", bucketOf.secret)] {
                    try Data((secret + "\n").utf8).write(to: store.folder.appendingPathComponent(file))
                }
                return try await body(
                    SupplierInvoiceStore(
                        store: store, reader: reader, bucket: bucket, secrets: [key, bucketOf.secret]))
            }
        }
    }

    private static func table(of bucket: ObjectStoreSimulator.Configuration, at endpoint: String) -> String {
        """
        publish = "object-store"
        [supplier_invoices.object_store]
        endpoint = "\(endpoint)"
        region = "\(bucket.region)"
        bucket = "\(bucket.bucket)"
        key_id = "\(bucket.keyID)"
        secret_file = "bucket-secret"
        """
    }

    private static func doorTable(port: Int) -> String {
        """
        publish = "door"
        [supplier_invoices.door]
        listen = "127.0.0.1:\(port)"
        public_base = "http://127.0.0.1:\(port)"
        """
    }

    static func pdf(_ number: Int) -> Data { Data("%PDF-1.4\n% invoice \(number)\n%%EOF\n".utf8) }

    static func jobNumber(of document: Data) -> String {
        "KK-00000-" + SHA256.hash(data: document).prefix(10).map { String(format: "%02x", $0) }.joined()
    }

    /// Puts a file into the folder as a scanner does.
    func drop(_ bytes: Data, as name: String) throws {
        let incoming = folder.appendingPathComponent("incoming")
        let draft = incoming.appendingPathComponent(".tmp-\(UUID().uuidString)")
        try bytes.write(to: draft)
        try FileManager.default.moveItem(at: draft, to: incoming.appendingPathComponent(name))
    }

    func names(in place: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(place).path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The bytes of a file, once it is there.
    func file(_ path: String) async throws -> Data {
        let file = folder.appendingPathComponent(path)
        return try await until(within: .seconds(90)) {
            try? Data(contentsOf: file)
        } orElse: {
            let found = try ["incoming", "reading", "read", "failed"].map { "\($0): \(try names(in: $0))" }
            return "\(path) did not come within 90 s; \(found)"
        }
    }
}
