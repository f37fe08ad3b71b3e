import Foundation
import Logging
import Simulators

/// A simulated reader of suppliers' invoices and the store from which it fetches them; both outlive every kill.
struct StagedInvoices: Sendable {
    let reader: SupplierOCRSimulator
    let store: ObjectStoreSimulator
    private let key: String
    private let bucket: ObjectStoreSimulator.Configuration

    init(logger: Logger) {
        var account = SupplierOCRSimulator.Configuration()
        account.key = "ocr-key-of-the-torture-\(UUID().uuidString)"
        // What the page leaves open makes it hard: a number can be made twice, and the list is late.
        account.leeway.takenNumber = .allowed
        account.leeway.lists.lag = .seconds(5)
        var bucket = ObjectStoreSimulator.Configuration()
        bucket.secret = "secret-of-the-torture-\(UUID().uuidString)"
        key = account.key
        self.bucket = bucket
        reader = SupplierOCRSimulator(configuration: account, logger: logger)
        store = ObjectStoreSimulator(configuration: bucket, logger: logger)
    }

    /// What may stand in no log.
    var hidden: [String] { [key, bucket.secret, "X-Amz", "ใบแจ้งหนี้"] }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reader.run() }
            group.addTask { try await store.run() }
            try await group.waitForAll()
        }
    }

    /// The part of the configuration that names them. Writes the secrets into the folder.
    func configuration(in folder: URL) async throws -> String {
        for (file, secret) in [("ocr-key", key), ("bucket-secret", bucket.secret)] {
            try Data((secret + "\n").utf8).write(to: folder.appendingPathComponent(file))
        }
        return """
            [supplier_invoices]
            endpoint = "\(try await reader.endpoint())"
            key_file = "ocr-key"
            template = "60f7b1b3e4b0e8b3f8b3f8b4"
            folder = "invoices"
            publish = "object-store"
            [supplier_invoices.object_store]
            endpoint = "\(try await store.endpoint())"
            region = "\(bucket.region)"
            bucket = "\(bucket.bucket)"
            key_id = "\(bucket.keyID)"
            secret_file = "bucket-secret"
            """
    }

    /// One call that goes wrong, or more.
    func injectTrouble(_ dice: inout Dice) async {
        let times = dice.number(1...2)
        if dice.chance(30) {
            await store.inject(.init(Self.storeFault(&dice), times: times))
        } else {
            await reader.inject(.init(Self.readerFault(&dice), operation: dice.pick(Self.operations), times: times))
        }
    }

    func clearFaults() async {
        await reader.clearFaults()
        await store.clearFaults()
    }

    private static let operations: [SupplierOCRSimulator.Operation] = SupplierOCRSimulator.Operation.allCases

    private static func readerFault(_ dice: inout Dice) -> AnswerFault {
        switch dice.number(0...7) {
        case 0, 1: .loseAnswerBeforeActing
        case 2, 3: .loseAnswerAfterActing
        case 4: .unavailable(status: dice.pick([500, 502, 503, 504, 429]) ?? 500)
        case 5: .garbage
        case 6: .truncated
        default: .slow(dice.milliseconds(50...3_000))
        }
    }

    private static func storeFault(_ dice: inout Dice) -> ObjectStoreSimulator.Fault.Kind {
        switch dice.number(0...4) {
        case 0: .loseAnswerBeforeActing
        case 1: .loseAnswerAfterActing
        case 2: .refusal(status: 503, code: "SlowDown")
        case 3: .garbage
        default: .slow(dice.milliseconds(50...3_000))
        }
    }
}
