import HTTPCalls
import ObjectStore
import Runtime
import Settings

/// The table that messages name.
private let storeTable = "supplier_invoices.object_store"

extension Bucket {
    /// A fault is the configuration's.
    init(_ settings: ObjectStoreSettings) throws {
        let addressing: Addressing =
            switch settings.addressing {
            case .path: .path
            case .host: .host
            }
        do throws(ObjectStoreError) {
            try self.init(
                endpoint: settings.endpoint, region: settings.region, name: settings.bucket, addressing: addressing)
        } catch {
            throw CommandExit(.badConfiguration, "\(storeTable): \(error.message)")
        }
    }
}

extension AccessKey {
    /// Reads the secret; a fault in its file is the configuration's.
    init(_ settings: ObjectStoreSettings) throws {
        let secret = try SecretFile.key(settings.secretFile, key: "\(storeTable).secret_file")
        guard let key = AccessKey(id: settings.keyID, secret: secret.text) else {
            throw CommandExit(.badConfiguration, "\(storeTable).key_id: expected \(Self.rule)")
        }
        self = key
    }
}

extension ObjectStoreCallOptions {
    /// Reads the files that the settings name; a fault in one is the configuration's.
    init(_ settings: ObjectStoreSettings) throws {
        self.init(
            table: storeTable, timeout: .seconds(20), uploadTimeout: .seconds(300),
            trusted: try settings.certificates.map { try CertificateFile($0, of: storeTable) },
            proxy: try settings.proxy.map { try HTTPProxy($0, of: storeTable) })
    }
}

extension StoreClock {
    static let system = StoreClock(shown: { GatewayClock.system.shown }, counted: { GatewayClock.system.now })
}
