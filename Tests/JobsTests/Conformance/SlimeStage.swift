import Foundation
import RemoteServices
import Sales
import Simulators
import Slime
import TestServices

/// Slime over HTTP, against a simulator that shares no code with it.
struct SlimeStage: ServiceStage {
    private static let stub = "simple-transaction/initiate-with-tax-invoice-stub"

    let simulator: SlimeSimulator
    let provider: any SaleProvider
    let secrets: [String]

    static func open<Value: Sendable>(_ body: (any ServiceStage) async throws -> Value) async throws -> Value {
        let configuration = SlimeSimulator.Configuration()
        let simulator = SlimeSimulator(configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator.run() }
            defer { group.cancelAll() }
            let client = SlimeClient(
                endpoint: SlimeEndpoint(
                    url: try await simulator.endpoint(), keyID: configuration.keyID, secret: configuration.secret),
                options: SlimeCallOptions(timeout: .seconds(2), connections: 4))
            let stage = SlimeStage(
                simulator: simulator,
                provider: SlimeService(client: client, clock: ServiceClock(shown: { Date() }, counted: { Date() })),
                secrets: [configuration.secret, "trading-document-interface", "eyJ"])
            let result: Result<Value, any Error>
            do { result = .success(try await body(stage)) } catch { result = .failure(error) }
            // A client that is dropped without it ends the whole test run.
            try await client.shutdown()
            return try result.get()
        }
    }

    func inject(_ fault: StageFault, at call: StageCall, times: Int?) async {
        let kind: SlimeSimulator.Fault.Kind =
            switch fault {
            case .lostBeforeActing: .loseAnswerBeforeActing
            case .lostAfterActing: .loseAnswerAfterActing
            case .garbage: .garbage
            case .cut: .truncated
            case .huge: .packed(.bomb)
            case .slow: .slow(.seconds(8))
            case .unavailable: .unavailable(status: 503)
            case .accountRefused: .exception(code: "Fund::InsufficientBalance")
            case .jobRefused: .exception(code: "LineItems::InvalidUnitCode")
            }
        await simulator.inject(.init(kind, subject: Self.subject(of: call), times: times))
    }

    private static func subject(of call: StageCall) -> String {
        switch call {
        case .begin: stub
        case .follow: "trading-transaction/show"
        case .probe: "test/hello"
        }
    }

    func heal() async { await simulator.clearFaults() }

    func waitForBegins(_ count: Int) async throws {
        while await simulator.calls().count(where: { $0.subject == Self.stub }) < count {
            try await simulator.waitForCalls(atLeast: await simulator.totals.calls + 1)
        }
    }

    func occupy(_ job: OwedJob) async throws {
        guard case .begun = await provider.begin(job) else { throw FixtureError() }
    }

    func actions() async -> [String: Int] {
        Dictionary(grouping: await simulator.transactions(), by: \.id).mapValues(\.count)
    }
}
