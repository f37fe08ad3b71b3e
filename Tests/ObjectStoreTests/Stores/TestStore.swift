import Foundation
import HTTPCalls
import NIOHTTP1
import Simulators
import Testing

@testable import ObjectStore

/// The stores that judge our signatures. Neither shares code with the client, nor with the other.
enum StoreKind: String, CaseIterable, Sendable {
    case simulator
    /// Debian's python3-swift, a real store.
    case openStack
}

/// A store that runs, and what a client has to know of it.
struct TestStore: Sendable {
    let endpoint: String
    let region: String
    let bucketName: String
    let keyID: String
    let secret: String
    /// Nil for a real store.
    var simulator: ObjectStoreSimulator?

    static func open<Value: Sendable>(
        _ kind: StoreKind, _ body: (TestStore) async throws -> Value
    ) async throws -> Value {
        switch kind {
        case .simulator: try await simulated { store, _ in try await body(store) }
        case .openStack:
            try await OpenStackStore.open { server in
                try await body(
                    TestStore(
                        endpoint: "http://127.0.0.1:\(server.port)", region: OpenStackStore.region,
                        bucketName: OpenStackStore.bucket, keyID: OpenStackStore.keyID, secret: OpenStackStore.secret))
            }
        }
    }

    static func simulated<Value: Sendable>(
        _ configuration: ObjectStoreSimulator.Configuration = .init(),
        _ body: (TestStore, ObjectStoreSimulator) async throws -> Value
    ) async throws -> Value {
        let simulator = ObjectStoreSimulator(configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator.run() }
            defer { group.cancelAll() }
            let store = TestStore(
                endpoint: try await simulator.endpoint(), region: configuration.region,
                bucketName: configuration.bucket, keyID: configuration.keyID, secret: configuration.secret,
                simulator: simulator)
            return try await body(store, simulator)
        }
    }

    /// A client that is set up for it.
    func client<Value: Sendable>(
        clock: StoreClock = .system, timeout: Duration = .seconds(10), secret: String? = nil, region: String? = nil,
        bucket: String? = nil, _ body: (ObjectStoreClient) async throws -> Value
    ) async throws -> Value {
        let client = ObjectStoreClient(
            bucket: try Bucket(endpoint: endpoint, region: region ?? self.region, name: bucket ?? bucketName),
            key: try #require(AccessKey(id: keyID, secret: secret ?? self.secret)), clock: clock,
            options: ObjectStoreCallOptions(table: "table", timeout: timeout, uploadTimeout: timeout))
        do {
            let value = try await body(client)
            try await client.shutdown()
            return value
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    /// A call as it is, by a client that knows nothing of signatures.
    func call(
        _ method: HTTPMethod, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil
    ) async throws -> HTTPAnswer {
        let caller = HTTPCaller(
            CallOptions(
                to: CalledService("the store", table: "table"), timeout: .seconds(10), connections: 1,
                maximumAnswer: 8 << 20))
        do {
            let answer = try await caller.call(method, url, headers: headers, body: body)
            try await caller.shutdown()
            return answer
        } catch {
            try await caller.shutdown()
            throw error
        }
    }
}

/// What a call threw.
func storeError(_ call: () async throws -> Void) async -> ObjectStoreError? {
    do {
        try await call()
        return nil
    } catch let error as ObjectStoreError {
        return error
    } catch {
        Issue.record("expected an ObjectStoreError, found \(error)")
        return nil
    }
}
