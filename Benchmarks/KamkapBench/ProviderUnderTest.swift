import Foundation
import Simulators

/// A simulated provider that gateways under test register sales at.
enum ProviderUnderTest: String, CaseIterable {
    case slime, billgate

    /// Documents of the same account that are there already.
    static let earlierDocuments = 5_000

    var title: String {
        switch self {
        case .slime: "Slime"
        case .billgate: "Billgate"
        }
    }

    /// The project and the key that the simulators know by default.
    static let keyID = "k1234"

    var secret: String {
        switch self {
        case .slime: "Bl9j0NXcWz70VMqxzk3Psk1ZAwQ6Pa5xlT9EHucd"
        case .billgate: "billgate-simulator-key"
        }
    }

    func endpoint(port: Int) -> String {
        switch self {
        case .slime: "http://127.0.0.1:\(port)/projects/123456/api"
        case .billgate: "http://127.0.0.1:\(port)"
        }
    }

    /// Its part of the configuration; the secret is in the file `secret`.
    func tables(endpoint: String) -> String {
        switch self {
        case .slime:
            """
            [slime]
            endpoint = "\(endpoint)"
            key_id = "\(Self.keyID)"
            secret_file = "secret"
            """
        case .billgate:
            """
            [provider]
            use = "billgate"
            [billgate]
            endpoint = "\(endpoint)"
            key_file = "secret"
            concurrency = 8
            [billgate.walk_in]
            house_number = "99"
            sub_district = "คลองเตย"
            district = "คลองเตย"
            province = "กรุงเทพมหานคร"
            post_code = "10110"
            """
        }
    }

    /// Runs `body` while it runs in this process.
    ///
    /// - Parameters:
    ///   - port: 0 for any.
    ///   - delay: of each answer.
    func run(
        port: Int = 0, delay: Duration = .zero, _ body: @Sendable @escaping (_ endpoint: String) async throws -> Void
    ) async throws {
        switch self {
        case .slime:
            var configuration = SlimeSimulator.Configuration()
            configuration.port = port
            let slime = SlimeSimulator(configuration: configuration)
            if delay > .zero { await slime.inject(.init(.slow(delay))) }
            try await Self.run({ try await slime.run() }) { try await body(try await slime.endpoint()) }
        case .billgate:
            var configuration = BillgateSimulator.Configuration()
            configuration.port = port
            let billgate = BillgateSimulator(configuration: configuration)
            if delay > .zero { await billgate.inject(.init(.slow(delay))) }
            await billgate.addForeignDocuments(Self.earlierDocuments, overDays: 30)
            try await Self.run({ try await billgate.run() }) { try await body(try await billgate.endpoint()) }
        }
    }

    private static func run(
        _ simulator: @Sendable @escaping () async throws -> Void, _ body: @Sendable @escaping () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator() }
            defer { group.cancelAll() }
            try await body()
        }
    }
}
