import Billgate
import Foundation
import RemoteServices
import Sales
import Simulators
import TestServices

/// Billgate over HTTP, against a simulator that shares no code with it. It makes a document as often as it is told to.
struct BillgateStage: ServiceStage {
    let simulator: BillgateSimulator
    let provider: any SaleProvider
    let secrets: [String]

    static func open<Value: Sendable>(_ body: (any ServiceStage) async throws -> Value) async throws -> Value {
        let configuration = BillgateSimulator.Configuration()
        let simulator = BillgateSimulator(configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await simulator.run() }
            defer { group.cancelAll() }
            let client = BillgateClient(
                endpoint: BillgateEndpoint(url: try await simulator.endpoint(), key: configuration.key),
                options: BillgateCallOptions(timeout: .seconds(2), connections: 4))
            let walkIn = WalkIn(
                address: .init(
                    houseNumber: "99", subDistrict: "คลองเตย", district: "คลองเตย", province: "กรุงเทพมหานคร",
                    postCode: "10110"))
            let stage = BillgateStage(
                simulator: simulator,
                provider: BillgateService(client: client, terms: BillgateTerms(walkIn: walkIn)),
                secrets: [configuration.key, "/pouch/"])
            let result: Result<Value, any Error>
            do { result = .success(try await body(stage)) } catch { result = .failure(error) }
            // A client that is dropped without it ends the whole test run.
            try await client.shutdown()
            return try result.get()
        }
    }

    func inject(_ fault: StageFault, at call: StageCall, times: Int?) async {
        let kind: BillgateSimulator.Fault.Kind =
            switch fault {
            case .lostBeforeActing: .loseAnswerBeforeActing
            case .lostAfterActing: .loseAnswerAfterActing
            case .garbage: .garbage
            // The answer to a probe has no body that could be cut or grow.
            case .cut: call == .probe ? .loseAnswerAfterActing : .truncated
            case .huge:
                call == .probe
                    ? .otherAnswer(status: 200, body: String(repeating: "x", count: 2 << 20)) : .packed(.bomb)
            case .slow: .slow(.seconds(8))
            case .unavailable: .unavailable(status: 503)
            case .accountRefused: .refusal(status: 402, body: #"{"message":"pay"}"#)
            case .jobRefused: .refusal(status: 422, body: #"{"message":"no"}"#)
            }
        // A service that answers nobody answers no look either.
        let isOfAll = fault == .unavailable && times == nil
        await simulator.inject(.init(kind, operation: isOfAll ? nil : Self.operation(of: call), times: times))
    }

    private static func operation(of call: StageCall) -> BillgateSimulator.Operation {
        switch call {
        case .begin: .createReceipt
        case .follow: .getReceiptById
        case .probe: .checkBillgateAuthorization
        }
    }

    func heal() async { await simulator.clearFaults() }

    func waitForBegins(_ count: Int) async throws {
        while await simulator.calls().count(where: { $0.operation == .createReceipt }) < count {
            try await simulator.waitForCalls(atLeast: await simulator.totals.calls + 1)
        }
    }

    func occupy(_ job: OwedJob) async throws {
        guard case .begun = await provider.begin(job) else { throw FixtureError() }
        // Nothing but a refusal shows that somebody has a number already.
        var leeway = await simulator.currentLeeway
        leeway.takenNumber = .conflict
        try await simulator.setLeeway(leeway)
    }

    func actions() async -> [String: Int] { await simulator.documentsByNumber(.receipt) }
}
