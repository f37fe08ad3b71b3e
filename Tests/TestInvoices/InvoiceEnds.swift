public import Foundation
import HTTPCalls
public import OCRInvoice
import ObjectStore
import Sales
public import Simulators
public import SupplierInvoices

public struct InvoiceFixtureError: Error {
    public init() {}
}

/// The two ends that reading a supplier's invoice takes: a simulated service, and the bucket that it fetches from.
public struct InvoiceEnds: Sendable {
    public let reader: SupplierOCRSimulator
    public let store: ObjectStoreSimulator
    private let url: String
    private let bucket: Bucket
    private let account: ObjectStoreSimulator.Configuration
    private let key: String

    /// What must not show in anything that is said of a call.
    public var secrets: [String] { [key, account.secret, "X-Amz-Signature"] }

    public static func open<Value: Sendable>(
        polls: Int = 1, _ body: (InvoiceEnds) async throws -> Value
    ) async throws -> Value {
        var configuration = SupplierOCRSimulator.Configuration()
        configuration.leeway.polls = polls
        let reader = SupplierOCRSimulator(configuration: configuration)
        let account = ObjectStoreSimulator.Configuration()
        let store = ObjectStoreSimulator(configuration: account)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reader.run() }
            group.addTask { try await store.run() }
            defer { group.cancelAll() }
            let bucket = try Bucket(
                endpoint: try await store.endpoint(), region: account.region, name: account.bucket)
            return try await body(
                InvoiceEnds(
                    reader: reader, store: store, url: try await reader.endpoint(), bucket: bucket, account: account,
                    key: configuration.key))
        }
    }

    /// Calls the service while something is done with that.
    public func client<Value: Sendable>(
        timeout: Duration, _ body: (OCRInvoiceService) async throws -> Value
    ) async throws -> Value {
        guard let key = ServiceKey(line: key) else { throw InvoiceFixtureError() }
        let client = OCRInvoiceClient(
            endpoint: OCRInvoiceEndpoint(url: url, key: key), options: OCRInvoiceCallOptions(timeout: timeout))
        let result: Result<Value, any Error>
        do { result = .success(try await body(OCRInvoiceService(client: client))) } catch { result = .failure(error) }
        // A client that is dropped without it ends the whole test run.
        try await client.shutdown()
        return try result.get()
    }

    /// - Parameter now: counted time.
    public func service<Value: Sendable>(
        in files: any SupplierInvoiceFiles, timeout: Duration = .seconds(10),
        limits: SupplierInvoiceLimits = .init(giveUpAfter: .seconds(86_400), deletesRemote: true),
        now: @escaping @Sendable () -> Date = { Date() }, _ body: (SupplierInvoiceService) async throws -> Value
    ) async throws -> Value {
        guard let branch = BranchID("00001"),
            let key = AccessKey(id: account.keyID, secret: account.secret)
        else { throw InvoiceFixtureError() }
        let objects = ObjectStoreClient(
            bucket: bucket, key: key, clock: StoreClock(shown: { Date() }, counted: { Date() }),
            options: ObjectStoreCallOptions(table: "table", timeout: timeout, uploadTimeout: timeout))
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await client(timeout: timeout) { client in
                    try await body(
                        SupplierInvoiceService(
                            client, terms: OCRJobTerms(template: "T-1", branch: branch, gateway: "front"),
                            publisher: ObjectStorePublisher(client: objects, life: .seconds(3_600)), files: files,
                            limits: limits, now: now))
                })
        } catch { result = .failure(error) }
        try await objects.shutdown()
        return try result.get()
    }
}
